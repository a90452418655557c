import { readFileSync } from "node:fs";

/** MiB that a process has had in memory at once, at the most, and has now (proc_pid_status(5)). */
export function memory(pid: number): { readonly peak: number; readonly now: number } {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  const mib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1]) / 1024;
  return { peak: mib("VmHWM"), now: mib("VmRSS") };
}

/** Packets that found no room in the queues of the UDP sockets of a process's network (/proc/net/udp, last column). */
export function droppedPackets(pid: number): number {
  const rows = readFileSync(`/proc/${pid}/net/udp`, "utf8").trim().split("\n").slice(1);
  return rows.reduce((sum, row) => sum + Number(row.trim().split(/\s+/).at(-1)), 0);
}
