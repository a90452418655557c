import { failureCount, type Tally } from "#test/fuzz/tally.ts";

export interface TargetResult {
  readonly target: string;
  readonly tally: Tally;
  readonly seconds: number;
}

const HEAD = ["target", "cases", "accepted", "failures", "cases/s", "max ms", "max read", "refused"];

/** The table at the end of a run. */
export function report(results: readonly TargetResult[]): string {
  const rows = results.map(({ target, tally, seconds }) => [
    target,
    String(tally.cases),
    String(tally.outcomes["accepted"] ?? 0),
    String(failureCount(tally)),
    String(Math.round(tally.cases / seconds)),
    tally.milliseconds.toFixed(0),
    `${(tally.readBytes / 1024).toFixed(0)} KiB`,
    Object.entries(tally.outcomes)
      .filter(([outcome]) => outcome !== "accepted")
      .toSorted(([, a], [, b]) => b - a)
      .map(([outcome, count]) => `${outcome} ${count}`)
      .join(", "),
  ]);
  const widths = HEAD.map((_, i) => Math.max(...[HEAD, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  return [HEAD, ...rows].map(line).join("\n");
}

/** Every kind of failure, with the command that shows it again. */
export const failureLines = (results: readonly TargetResult[], seed: number): string[] =>
  results.flatMap(({ tally }) =>
    Object.values(tally.failures).map(
      ({ target, case: number, problem, count }) =>
        `${count} x ${problem}\n    node test/fuzz/main.ts --target ${target} --seed ${seed} --case ${number}`,
    ),
  );
