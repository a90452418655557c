import { expect, test } from "vitest";
import type { Progress } from "#base/progress.ts";
import { together } from "./run-sticks.ts";
import type { StickPhase } from "./stick-plan.ts";

const MIB = 1 << 20;
const progress = (
  phase: StickPhase,
  pass: number,
  done: number,
  rate: number,
  left: number | null,
): Progress<StickPhase> => ({
  phase,
  pass: { number: pass, count: 2, doneBytes: done, totalBytes: 400 * MIB },
  doneBytes: (pass - 1) * 400 * MIB + done,
  totalBytes: 800 * MIB,
  bytesPerSecond: rate,
  secondsLeft: left,
  elapsedSeconds: 10,
  warnings: [],
});

test("the slowest stick says how long it takes, and all of them how fast", () => {
  const all = [progress("verify", 2, 100 * MIB, 30 * MIB, 10), progress("write", 1, 50 * MIB, 5 * MIB, 150)];
  expect(together(all)).toMatchObject({
    ...{ phase: "write", doneBytes: 550 * MIB, totalBytes: 1600 * MIB, bytesPerSecond: 35 * MIB, secondsLeft: 150 },
    pass: { number: 1, count: 2, doneBytes: 450 * MIB, totalBytes: 800 * MIB },
  });
});

test("no time is told before all of them can tell theirs, and nothing before there is something", () => {
  expect(
    together([progress("write", 1, 0, 0, null), progress("write", 1, 50 * MIB, 5 * MIB, 150)])?.secondsLeft,
  ).toBeNull();
  expect(together([])).toBeUndefined();
});
