import { stat } from "node:fs/promises";
import { runTool } from "#imaging/system/run-tool.ts";

/** A regular file without one allocated block reads as zeros throughout. */
export async function isSparseFile(path: string): Promise<boolean> {
  const found = await stat(path);
  return found.isFile() && found.blocks === 0;
}

/** Makes the next reads come from the disk and not from memory. A regular file has no such switch in Node. */
export async function dropCache(path: string): Promise<void> {
  if ((await stat(path)).isBlockDevice()) await runTool("blockdev", ["--flushbufs", path], "drop the cache of a disk");
}

/** Lets the kernel see the new partitions. A busy disk is read at the next start; that is no failure of the restore. */
export async function rereadTable(path: string): Promise<void> {
  await runTool("blockdev", ["--rereadpt", path], "show the new partitions to the kernel").catch(() => {});
}
