import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";

/** In memory where there is such a file system: a million files cost a disk more than the parser costs the processor. */
const ROOT = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const OWN = `lifeboat-fuzz-${process.pid}-`;

/** A folder of this thread, for parsers that take files. */
export function scratchFolder(): string {
  const path = join(ROOT, `${OWN}${threadId}`);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Those of all threads: one that was killed does not clear up. */
export function clearScratch(): void {
  for (const name of readdirSync(ROOT).filter((entry) => entry.startsWith(OWN)))
    rmSync(join(ROOT, name), { recursive: true, force: true });
}
