import { readdir, readFile } from "node:fs/promises";

/**
 * Seconds that a process was ready to go on and waited for a processor, ever; of its busiest thread (Linux,
 * Documentation/scheduler/sched-stats.rst). 0 where the kernel does not count that.
 */
export async function waitedFor(pid: number): Promise<number> {
  let busiest = { ran: -1, waited: 0 };
  for (const thread of await readdir(`/proc/${pid}/task`).catch((): string[] => [])) {
    const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, "latin1").catch(() => "");
    const [ran = 0, waited = 0] = text.trim().split(" ").map(Number);
    if (ran > busiest.ran) busiest = { ran, waited };
  }
  return busiest.waited / 1e9;
}
