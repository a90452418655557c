import { expect, test } from "vitest";
import { goesWords } from "#base/deployment/work-words.ts";
import type { Progress } from "#base/progress.ts";
import { listenerOf } from "#base/sentence.ts";
import { fitLine, progressLine, spaceWarning } from "#cli/progress-line.ts";
import { say } from "#imaging/words/say.ts";

const MIB = 2 ** 20;
/** The first of two passes over 50 MiB. */
const running: Progress = {
  phase: "copy",
  pass: { number: 1, count: 2, doneBytes: 42 * MIB, totalBytes: 50 * MIB },
  doneBytes: 42 * MIB,
  totalBytes: 100 * MIB,
  bytesPerSecond: 4 * MIB,
  secondsLeft: 14.2,
  elapsedSeconds: 11,
  warnings: [],
};
const second: Progress = {
  ...running,
  phase: "verify",
  pass: { number: 2, count: 2, doneBytes: 10 * MIB, totalBytes: 50 * MIB },
  doneBytes: 60 * MIB,
};
const only: Progress = { ...running, pass: { number: 1, count: 1, doneBytes: 42 * MIB, totalBytes: 100 * MIB } };

test("a line says which pass this is, what is done of it and how fast; and of the whole job how long still", () => {
  expect(progressLine(running)).toBe("1 of 2: capturing, 42 MiB of 50 MiB, 4 MiB/s; in all 42 %, 14 s left");
  expect(progressLine(second)).toBe("2 of 2: reading back, 10 MiB of 50 MiB, 4 MiB/s; in all 60 %, 14 s left");
});

test("a job of one pass does not count passes, and a verification reads nothing back", () => {
  expect(progressLine(only)).toBe("42 %: capturing, 42 MiB of 100 MiB, 4 MiB/s, 14 s left");
  expect(progressLine({ ...only, phase: "verify" })).toMatch(/^42 %: verifying,/);
});

test("rate and time left are left out until they are known", () => {
  const unknown = { bytesPerSecond: 0, secondsLeft: null };
  expect(progressLine({ ...running, ...unknown })).toBe("1 of 2: capturing, 42 MiB of 50 MiB; in all 42 %");
  expect(progressLine({ ...only, ...unknown })).toBe("42 %: capturing, 42 MiB of 100 MiB");
});

test("a job of no bytes is done, and a phase without a text shows its name", () => {
  const pass = { number: 1, count: 1, doneBytes: 0, totalBytes: 0 };
  const empty = { ...running, phase: "other", pass, doneBytes: 0, totalBytes: 0, bytesPerSecond: 0, secondsLeft: 0 };
  expect(progressLine(empty)).toBe("100 %: other, 0 B of 0 B");
});

test("a paused job says for how long it waits, and shows neither rate nor time left", () => {
  const paused = { code: "SPACE_EXHAUSTED", text: "no space left" };
  expect(progressLine({ ...running, paused }, 72)).toBe(
    "1 of 2: waiting for 1 min 12 s, 42 MiB of 50 MiB; in all 42 %",
  );
  expect(progressLine({ ...only, paused }, 72)).toBe("42 %: waiting for 1 min 12 s, 42 MiB of 100 MiB");
});

test("room that will not do is said in the line and once in a sentence", () => {
  const tight = { ...running, space: { needed: 58 * MIB, free: 8 * MIB } };
  expect(progressLine(tight)).toMatch(/14 s left, 50 MiB too little room$/);
  const paused = { ...tight, paused: { code: "SPACE_EXHAUSTED", text: "no space left" } };
  expect(progressLine(paused, 3)).toBe(
    "1 of 2: waiting for 3 s, 42 MiB of 50 MiB; in all 42 %, 50 MiB too little room",
  );
  expect(spaceWarning(tight)?.text).toBe(
    "The image will need about 58 MiB more, and 8 MiB are free where it is written: make room, or it will have to wait.",
  );
});

test("each line is found again by its words, in parts: computers and servers get it as a text", () => {
  const hear = listenerOf(goesWords);
  const tight = { space: { needed: 58 * MIB, free: 8 * MIB } };
  const paused = { paused: { code: "SPACE_EXHAUSTED", text: "no space left" } };
  const phases = ["copy", "export", "close", "save", "clear", "undo", "write", "boot-areas", "edit", "fit", "table"];
  const all: Progress[] = [
    running,
    second,
    only,
    ...["mend", "prepare", "switch", ...phases].map((phase) => ({ ...running, phase })),
  ];
  for (const progress of all.flatMap((one) => [one, { ...one, ...tight }, { ...one, ...paused, ...tight }])) {
    const line = progressLine(progress, 4000);
    const parts = line.split("; ").map(hear);
    expect(
      parts.map(({ said }) => said !== undefined),
      line,
    ).not.toContain(false);
    expect(JSON.stringify(parts.map(({ said }) => said)), line).not.toMatch(/"(line|doing)":"/);
  }
  const { doneBytes, totalBytes } = running.pass;
  const amount = { doing: say("goes.copy"), doneSize: doneBytes, wholeSize: totalBytes };
  const pass = say("goes.pass", { number: 1, count: 2, ...amount });
  const [now, rest] = progressLine(running).split("; ").map(hear);
  expect(now).toEqual(say("goes.at-rate", { line: pass, size: 4 * MIB }));
  expect(rest).toEqual(say("goes.time-left", { line: say("goes.in-all", { percent: 42 }), lasts: 14 }));
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
