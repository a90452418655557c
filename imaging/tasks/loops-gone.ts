import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The kernel takes a loop device away a moment after its last user has gone; a busy machine takes longer. */
const PATIENCE_MS = 10_000;
const POLL_MS = 20;

/** Waits until no loop device is over these files: who looks at a disk next would take it for one in use. */
export async function loopsGone(paths: ReadonlySet<string>): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while ((await backingFiles()).some((file) => paths.has(file)) && performance.now() < until) await sleep(POLL_MS);
}

async function backingFiles(): Promise<string[]> {
  const names = (await readdir("/sys/block").catch((): string[] => [])).filter((name) => name.startsWith("loop"));
  const files = names.map((name) => readFile(join("/sys/block", name, "loop/backing_file"), "utf8").catch(() => ""));
  return (await Promise.all(files)).map((file) => file.trim()).filter((file) => file !== "");
}
