import { open } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { type FileHeader, HEADER_SIZE } from "#imaging/image/format.ts";
import { parseHeader } from "#imaging/image/header.ts";
import { errnoReason } from "#imaging/system/errno.ts";

/** What an image says without a key. @throws OPEN_FAILED, IMAGE_NOT_RECOGNISED, IMAGE_UNSUPPORTED, IMAGE_DAMAGED */
export async function readHeader(path: string): Promise<FileHeader> {
  const file = await open(path, "r").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
  });
  try {
    if (!(await file.stat()).isFile())
      throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: path, problem: "it is not a regular file" });
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEADER_SIZE), 0, HEADER_SIZE, 0);
    return parseHeader(buffer.subarray(0, bytesRead), path);
  } catch (cause) {
    if (cause instanceof LifeboatError) throw cause;
    throw new LifeboatError("READ_FAILED", { device: path, offset: 0, reason: errnoReason(cause) }, { cause });
  } finally {
    await file.close();
  }
}
