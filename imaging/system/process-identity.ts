import { readFile } from "node:fs/promises";

/**
 * Names a running process so that another one which later gets its number is not taken for it: number and start time
 * (proc(5), /proc/pid/stat, field 22). @returns undefined when it has ended
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The name, field 2, may hold blanks and parentheses: what counts stands behind its end.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || state === "Z" || state === "X" ? undefined : `${pid}@${start}`;
}
