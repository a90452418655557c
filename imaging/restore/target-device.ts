import { open, stat, statfs } from "node:fs/promises";
import { runTool } from "#imaging/system/run-tool.ts";

/**
 * File systems whose driver in the kernel counts every allocated block of a file, those that wait in memory included
 * (linux/magic.h). FUSE passes on what a program says, network file systems what a server says, and ZFS counts later.
 */
const COUNTS_BLOCKS: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // btrfs
  0x01021994, // tmpfs
]);
/** ext4 keeps the data of small files in their inodes, and counts no block for it (ext4(5), inline_data). */
const MOST_INLINE_BYTES = 65_536;

/**
 * Whether a file reads as zeros throughout, because it is a regular one without one allocated block. Zeros that a
 * restore leaves out on the word of a file system that is wrong would be the old data: where it might be, the answer is no.
 */
export async function isSparseFile(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isFile()) return false;
    await using file = await open(path, "r");
    await file.sync();
    return hasNoData(await file.stat(), (await statfs(path)).type);
  } catch {
    return false; // the first write says what is wrong
  }
}

/** @param type as statfs(2) says it */
export const hasNoData = ({ size, blocks }: { size: number; blocks: number }, type: number): boolean =>
  blocks === 0 && size > MOST_INLINE_BYTES && COUNTS_BLOCKS.has(type);

/** Makes the next reads come from the disk and not from memory. A regular file has no such switch in Node. */
export async function dropCache(path: string): Promise<void> {
  if ((await stat(path)).isBlockDevice()) await runTool("blockdev", ["--flushbufs", path], "drop the cache of a disk");
}

/** Lets the kernel see the new partitions. A busy disk is read at the next start; that is no failure of the restore. */
export async function rereadTable(path: string): Promise<void> {
  const purpose = "show the new partitions to the kernel";
  await runTool("blockdev", ["--rereadpt", path], purpose)
    // Refused while a partition is in use: then one partition after the other.
    .catch(() => runTool("partx", ["--update", path], purpose))
    .catch(() => {});
}
