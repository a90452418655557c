/** One side of a contest: a shell command, and what puts things back before each run (not measured). */
export interface Side {
  readonly command: string;
  readonly prepare?: () => Promise<void>;
}

export interface Contest {
  readonly name: string;
  readonly ours: Side;
  readonly peer: Side;
  /** The CPU ratio that we want. */
  readonly goal?: number;
}

/** A whole process tree, as the kernel accounts for it. */
export interface Measured {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** The largest single process. */
  readonly rssMiB: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

export function printContest(contest: Contest, ours: readonly Measured[], peer: readonly Measured[]): void {
  const of = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key]));
  const ratio = (key: keyof Measured) => (of(ours, key) / of(peer, key)).toFixed(2);
  const row = (runs: readonly Measured[]) =>
    `wall ${of(runs, "wallSeconds").toFixed(2)} s, CPU ${of(runs, "cpuSeconds").toFixed(2)} s, RSS ${of(runs, "rssMiB").toFixed(0)} MiB`;
  const goal = contest.goal === undefined ? "" : ` (goal ${contest.goal})`;
  console.log(`${contest.name}: ours ${row(ours)} | peer ${row(peer)}`);
  console.log(
    `${" ".repeat(contest.name.length)}  ratio wall ${ratio("wallSeconds")}, CPU ${ratio("cpuSeconds")}${goal}, RSS ${ratio("rssMiB")}`,
  );
}
