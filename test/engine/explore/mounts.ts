import { readFileSync } from "node:fs";
import { run } from "#test/engine/filesystem/volume-image.ts";
import type { Workspace } from "#test/engine/image/workspace.ts";

/**
 * The mounts and loop devices of a test: in its own folder, or where commands mount for a moment. Read before and
 * after, nothing may be left. Other tests may run on the same machine.
 */
export function mountsAndLoops({ folder }: Workspace): string[] {
  const isOurs = (line: string) => line.includes(folder) || line.includes("/run/lifeboat/explore/");
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n").filter(isOurs);
  // Of a mount that is out of sight the kernel shows the rest of the path.
  const loops = run("losetup", "--noheadings", "--output", "BACK-FILE").split("\n");
  return [...mounts, ...loops.filter((line) => isOurs(line) || /^\/(partition-\d|disk)/.test(line.trim()))].sort();
}

/** The loop device of a mount goes a moment after it. */
export async function settledMountsAndLoops(workspace: Workspace, wanted: readonly string[]): Promise<string[]> {
  for (let i = 0; i < 40 && mountsAndLoops(workspace).join("\n") !== wanted.join("\n"); i++)
    await new Promise((done) => setTimeout(done, 50));
  return mountsAndLoops(workspace);
}
