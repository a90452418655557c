import { runTool } from "#imaging/system/run-tool.ts";

/**
 * Makes the next reads of a regular file come from the medium and not from memory: posix_fadvise(2) with
 * POSIX_FADV_DONTNEED, which Node lacks and dd has. What is not flushed yet stays. A file system that keeps its cache
 * anyway is no failure: the reads that follow are checked all the same.
 */
export async function dropFileCache(path: string): Promise<void> {
  await runTool(
    "dd",
    [`of=${path}`, "oflag=nocache", "conv=notrunc,fdatasync", "count=0"],
    "drop the cache of a file",
  ).catch(() => {});
}
