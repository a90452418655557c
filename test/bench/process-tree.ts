import { readdirSync, readFileSync } from "node:fs";

const PAGE = 4096;

/** Bytes of resident memory of a process and all its descendants; a page that two of them share counts twice. */
export function sampleMemory(pid: number): number {
  let sum = 0;
  // proc_pid_statm(5): total, then resident pages.
  for (const one of tree(pid)) sum += Number(readOrNothing(`/proc/${one}/statm`).split(" ")[1] ?? 0) * PAGE;
  return sum;
}

/** Ticks of a second in /proc (USER_HZ, which every Linux has so). */
const TICKS = 100;

/** Seconds of processor time that a process and its descendants have had, those that have ended with them (proc_pid_stat(5), fields 14 to 17). */
export function cpuSecondsOfTree(pid: number): number {
  let sum = 0;
  for (const one of tree(pid)) {
    const fields = readOrNothing(`/proc/${one}/stat`)
      .replace(/^.*\) /s, "")
      .split(" ");
    for (const ticks of fields.slice(11, 15)) sum += Number(ticks);
  }
  return sum / TICKS;
}

function tree(pid: number): number[] {
  const found = [pid];
  for (const parent of found) found.push(...childrenOf(parent));
  return found;
}

/** Each thread has its own list (proc_tid_children(5)). */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readOrNothing(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return []; // it ended
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
