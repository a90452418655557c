import { expect, test } from "vitest";
import type { Progress } from "#base/progress.ts";
import { fitLine, progressLine, spaceWarning } from "#cli/progress-line.ts";

const MIB = 2 ** 20;
const running: Progress = {
  phase: "copy",
  phaseNumber: 1,
  phaseCount: 3,
  doneBytes: 42 * MIB,
  totalBytes: 100 * MIB,
  bytesPerSecond: 4 * MIB,
  secondsLeft: 14.2,
  elapsedSeconds: 11,
  warnings: [],
};

test("a line says what is done, how much of what, how fast and how long still", () => {
  expect(progressLine(running)).toBe("Capturing 42 %, 42 MiB of 100 MiB, 4 MiB/s, 14 s left");
});

test("rate and time left are left out until they are known", () => {
  expect(progressLine({ ...running, bytesPerSecond: 0, secondsLeft: null })).toBe("Capturing 42 %, 42 MiB of 100 MiB");
});

test("a job of no bytes is done, and a phase without a text shows its name", () => {
  const empty = { ...running, phase: "other", doneBytes: 0, totalBytes: 0, bytesPerSecond: 0, secondsLeft: 0 };
  expect(progressLine(empty)).toBe("other 100 %, 0 B of 0 B");
});

test("a paused job says for how long it waits, and shows neither rate nor time left", () => {
  const paused = { ...running, paused: { code: "SPACE_EXHAUSTED", text: "no space left" } };
  expect(progressLine(paused, 72)).toBe("Waiting for 1 min 12 s at 42 %, 42 MiB of 100 MiB");
});

test("room that will not do is said in the line and once in a sentence", () => {
  const tight = { ...running, space: { needed: 58 * MIB, free: 8 * MIB } };
  expect(progressLine(tight)).toMatch(/14 s left, 50 MiB too little room$/);
  const paused = { ...tight, paused: { code: "SPACE_EXHAUSTED", text: "no space left" } };
  expect(progressLine(paused, 3)).toBe("Waiting for 3 s at 42 %, 42 MiB of 100 MiB, 50 MiB too little room");
  expect(spaceWarning(tight)).toBe(
    "The image will need about 58 MiB more, and 8 MiB are free where it is written: make room, or it will have to wait.",
  );
});

test("room that will do is not mentioned, nor is a forecast from the first chunks", () => {
  const enough = { ...running, space: { needed: 8 * MIB, free: 8 * MIB } };
  expect(progressLine(enough)).toBe(progressLine(running));
  expect(spaceWarning(enough)).toBeUndefined();
  expect(spaceWarning({ ...running, doneBytes: 4 * MIB, space: { needed: 96 * MIB, free: 1 } })).toBeUndefined();
});

test("a line keeps one column free, and is whole where the width is unknown", () => {
  expect(fitLine("0123456789", 10)).toBe("012345678");
  expect(fitLine("0123456789", 11)).toBe("0123456789");
  expect(fitLine("0123456789", undefined)).toBe("0123456789");
  expect(fitLine("0123456789", 0)).toBe("0123456789");
});
