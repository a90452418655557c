import { LifeboatError } from "#base/errors.ts";
import type { DiskIoError } from "#imaging/worker/positional-io.ts";

const FULL: readonly string[] = ["ENOSPC", "EDQUOT", "EFBIG"];

/** A failed read or write as the error that a user meets. @param toTarget what is full is the target of a restore */
export function ioError(
  { at, path, offset, errno, message: reason }: Pick<DiskIoError, "at" | "path" | "offset" | "errno" | "message">,
  toTarget = false,
): LifeboatError {
  if (FULL.includes(errno))
    return toTarget
      ? new LifeboatError("TARGET_FULL", { target: path, offset })
      : new LifeboatError("SPACE_EXHAUSTED", { file: path });
  const code = at === "read" ? "READ_FAILED" : "WRITE_FAILED";
  return new LifeboatError(code, { device: path, offset, reason }, { cause: { code: errno } });
}
