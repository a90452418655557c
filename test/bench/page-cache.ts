import { lstat, open, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "#test/fixtures/run-tool.ts";

interface MapEntry {
  readonly start: number;
  readonly length: number;
  readonly data: boolean;
}

export type CacheState = "warm" | "cold";

/**
 * Brings the page cache into the same state before every run: nothing is waiting to be written, and what the run
 * will read is in memory (warm: holes of sparse files are left out), or nothing is (cold).
 */
export async function setPageCache(state: CacheState, reads: readonly string[]): Promise<void> {
  await runTool("sync", []);
  if (state === "cold") return await writeFile("/proc/sys/vm/drop_caches", "3");
  for (const path of reads) for (const file of await filesOf(path)) await readData(file);
}

/** Bytes of these files and folders that are in the page cache. */
export async function cachedBytes(paths: readonly string[]): Promise<number> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  if (files.length === 0) return 0;
  const { stdout } = await runTool("fincore", ["--bytes", "--noheadings", "--output", "res", ...files]);
  return stdout
    .trim()
    .split("\n")
    .reduce((sum, line) => sum + Number(line), 0);
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await lstat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function readData(path: string): Promise<void> {
  const { stdout } = await runTool("qemu-img", ["map", "-f", "raw", "--output=json", path]);
  const buffer = Buffer.allocUnsafe(2 ** 22);
  await using file = await open(path);
  for (const { start, length, data } of JSON.parse(stdout) as MapEntry[]) {
    if (!data) continue;
    for (let at = start; at < start + length; at += buffer.length)
      await file.read(buffer, 0, Math.min(buffer.length, start + length - at), at);
  }
}
