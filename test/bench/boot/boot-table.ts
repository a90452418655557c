import { median } from "../statistics.ts";
import { markdownTable } from "../table.ts";
import type { BootLoad } from "./boot-loads.ts";

/** One load from one server. */
export interface BootRun {
  readonly seconds: number;
  /** Of the server's processes. */
  readonly cpuSeconds: number;
  readonly bytes: number;
}

export interface BootResult {
  readonly load: BootLoad;
  readonly peerVersion: string;
  /** Of each round. */
  readonly runs: readonly { readonly ours: BootRun; readonly theirs: BootRun }[];
}

const HEAD = [
  ...["load", "computers", "ours MB/s", "peer", "its MB/s", "ours / its, median", "least to most", "goal"],
  ...["ours CPU s/GB", "its"],
];

/** @param machine the line that says where it ran */
export function writeBootTable(results: readonly BootResult[], machine: string | undefined): string {
  const table = markdownTable(HEAD, results.map(row));
  return machine === undefined ? table : `${table}\n\n${machine}`;
}

function row({ load, peerVersion, runs }: BootResult): string[] {
  const speed = ({ bytes, seconds }: BootRun) => bytes / seconds / 1e6;
  const cpu = ({ bytes, cpuSeconds }: BootRun) => (cpuSeconds / bytes) * 1e9;
  const ratios = runs.map(({ ours, theirs }) => speed(ours) / speed(theirs));
  const ratio = median(ratios);
  const [ours, theirs] = [runs.map((run) => run.ours), runs.map((run) => run.theirs)];
  return [
    ...[load.name, String(load.clients), median(ours.map(speed)).toFixed(0), `${load.peer} ${peerVersion}`],
    ...[median(theirs.map(speed)).toFixed(0), ratio.toFixed(2)],
    `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
    `${load.goal}: ${ratio >= load.goal ? "yes" : "NO"}`,
    // tftpd-hpa forks for each transfer, and nobody waits for what it forks: the kernel then forgets their times.
    ...[median(ours.map(cpu)).toFixed(2), load.peer === "tftpd-hpa" ? "" : median(theirs.map(cpu)).toFixed(2)],
  ];
}
