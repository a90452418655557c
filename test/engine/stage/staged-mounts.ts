import { readdirSync, readFileSync } from "node:fs";
import { STAGE_ROOT } from "#imaging/stage/staged-volume.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";

/** What a process has of stages now: folders, mounts and loop devices. Other tests may run on the same machine. */
export function stagesOf(pid: number): string[] {
  const isOurs = (line: string) => line.includes(`${pid}@`);
  const mounts = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .filter((line) => line.includes(STAGE_ROOT));
  const loops = run("losetup", "--noheadings", "--output", "BACK-FILE").split("\n");
  return [...readdirSync(STAGE_ROOT), ...mounts, ...loops].filter(isOurs);
}

/** A loop device goes a moment after its mount. */
export async function settledStagesOf(pid: number): Promise<string[]> {
  for (let i = 0; i < 60 && stagesOf(pid).length > 0; i++) await new Promise((done) => setTimeout(done, 50));
  return stagesOf(pid);
}
