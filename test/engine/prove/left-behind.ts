import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { SHOWN_ROOT } from "#imaging/prove/show-files.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";

/** Processes whose command line names a proof of that process. */
function machinesOf(pid: number): string[] {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(`lifeboat-prove-${pid}@`);
    } catch {
      return false; // it has ended
    }
  });
}

/** What a process has of proofs now: machines, mounts, folders, loop devices. Others may prove on the same machine. */
export function leftBy(pid: number): string[] {
  const isIts = (text: string) => text.includes(`${pid}@`);
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
  const loops = run("losetup", "--noheadings", "--output", "BACK-FILE").split("\n");
  const shown = mounts.concat(loops).filter((line) => line.includes(SHOWN_ROOT));
  const folders = [
    ...readdirSync(SHOWN_ROOT),
    ...readdirSync(tmpdir()).filter((name) => /^lifeboat-prove-/.test(name)),
  ];
  return [...machinesOf(pid).map((machine) => `process ${machine}`), ...shown, ...folders.filter(isIts)].filter(
    (line) => line.startsWith("process") || isIts(line),
  );
}

/** A process and a loop device go a moment after what held them. */
export async function settledLeftBy(pid: number): Promise<string[]> {
  for (let i = 0; i < 100 && leftBy(pid).length > 0; i++) await new Promise((done) => setTimeout(done, 100));
  return leftBy(pid);
}
