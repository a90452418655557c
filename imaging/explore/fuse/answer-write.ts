import { isLifeboatError } from "#base/errors.ts";
import type { Node } from "#imaging/explore/fuse/file-tree.ts";
import { type Answer, ERRNO, SET, setattrIn, writeIn, writeOut } from "#imaging/explore/fuse/protocol.ts";
import { isFull } from "#imaging/system/errno.ts";

/** Bytes of one write at most: as of a read. */
export const MOST_WRITE = 1 << 20;

/** @returns ENOSPC for what goes beyond the end, as a block device says, and where the file has no room */
export async function write(node: Node, body: Uint8Array): Promise<Answer> {
  if (node.kind !== "file") return ERRNO.EISDIR;
  if (!node.file.write) return ERRNO.EROFS;
  const { offset, size } = writeIn.parse(body);
  const data = body.subarray(writeIn.size, writeIn.size + size);
  if (data.length < size) return ERRNO.EINVAL;
  if (offset + size > node.file.size) return ERRNO.ENOSPC;
  try {
    await node.file.write(data, offset);
  } catch (error) {
    if (saysFull(error)) return ERRNO.ENOSPC;
    throw error;
  }
  return writeOut.serialise({ size });
}

const saysFull = (error: unknown): boolean =>
  isFull(error) ||
  (["STAGE_FULL", "TARGET_FULL", "SPACE_EXHAUSTED"] as const).some((code) => isLifeboatError(error, code));

/** What was written with mmap(2) the kernel has sent before it asks for this. */
export async function sync(node: Node): Promise<Answer> {
  if (node.kind === "file") await node.file.flush?.();
  return 0;
}

/** Times are taken, and forgotten. @returns 0, or why it is refused: sizes and owners are what they are */
export function setattrRefusal(node: Node, body: Uint8Array): number {
  if (node.kind !== "file" || !node.file.write) return ERRNO.EROFS;
  const { valid, size } = setattrIn.parse(body);
  const isOther = (valid & SET.size) !== 0 && size !== node.file.size;
  return isOther || (valid & (SET.mode | SET.uid | SET.gid)) !== 0 ? ERRNO.EPERM : 0;
}
