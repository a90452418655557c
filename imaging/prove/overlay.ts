import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { LifeboatError } from "#base/errors.ts";
import { errnoReason } from "#imaging/system/errno.ts";

const DEFAULT_BYTES = 2 * 2 ** 30;
/** A system that starts writes logs, caches and the like. */
const LEAST_BYTES = 64 << 20;

export interface OverlayPlace {
  readonly folder: string;
  /** Bytes that may be written at the most. */
  readonly mostBytes: number;
}

/** Where what the started system writes is kept, and how much of it. @throws PROOF_NO_ROOM, OPEN_FAILED */
export async function chooseOverlay(folder: string = tmpdir(), asked: number = DEFAULT_BYTES): Promise<OverlayPlace> {
  const { bavail, bsize } = await statfs(folder).catch((cause: unknown) => {
    throw new LifeboatError("OPEN_FAILED", { path: folder, reason: errnoReason(cause) }, { cause });
  });
  const free = bavail * bsize;
  // Half: others write there too, and in a rescue system it is memory.
  const mostBytes = Math.min(asked, Math.floor(free / 2));
  if (mostBytes >= Math.min(asked, LEAST_BYTES)) return { folder, mostBytes };
  throw new LifeboatError("PROOF_NO_ROOM", { folder, free, needed: Math.min(asked, LEAST_BYTES) * 2 });
}
