import { readdirSync, readFileSync } from "node:fs";

const PAGE = 4096;

/** Bytes of resident memory of a process and all its descendants; a page that two of them share counts twice. */
export function sampleMemory(pid: number): number {
  let sum = 0;
  // proc_pid_statm(5): total, then resident pages.
  for (const one of tree(pid)) sum += Number(readOrNothing(`/proc/${one}/statm`).split(" ")[1] ?? 0) * PAGE;
  return sum;
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
