/** One kind of failure: the same error from the same place counts as one. */
export interface Failure {
  readonly target: string;
  /** The first case that showed it. */
  readonly case: number;
  readonly problem: string;
  count: number;
}

export interface Tally {
  cases: number;
  readonly outcomes: Record<string, number>;
  readonly failures: Record<string, Failure>;
  milliseconds: number;
  readBytes: number;
}

export const emptyTally = (): Tally => ({ cases: 0, outcomes: {}, failures: {}, milliseconds: 0, readBytes: 0 });

export function addFailure(tally: Tally, failure: Failure): void {
  const key = failure.problem;
  const known = tally.failures[key];
  if (!known) tally.failures[key] = { ...failure };
  else
    tally.failures[key] = {
      ...known,
      case: Math.min(known.case, failure.case),
      count: known.count + failure.count,
    };
}

export function addTally(to: Tally, from: Tally): void {
  to.cases += from.cases;
  to.milliseconds = Math.max(to.milliseconds, from.milliseconds);
  to.readBytes = Math.max(to.readBytes, from.readBytes);
  for (const [outcome, count] of Object.entries(from.outcomes))
    to.outcomes[outcome] = (to.outcomes[outcome] ?? 0) + count;
  for (const failure of Object.values(from.failures)) addFailure(to, failure);
}

export const failureCount = (tally: Tally): number =>
  Object.values(tally.failures).reduce((sum, { count }) => sum + count, 0);

/** The error's message and the first line of the stack that lies in our code, without numbers that differ by case. */
export function problemOf(error: Error): string {
  const place = error.stack?.split("\n").find((line) => /\/(imaging|base|test\/fuzz\/targets)\//.test(line)) ?? "";
  const where = /((?:imaging|base|test)\/[^:)]+:\d+)/.exec(place)?.[1] ?? "";
  return `${error.name}: ${error.message.replace(/\d+/g, "N").slice(0, 200)}${where ? ` (${where})` : ""}`;
}
