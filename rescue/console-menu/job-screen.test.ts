import { expect, test } from "vitest";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import type { Job } from "#rescue/api/contract.ts";
import { progressFrame, spokenNews } from "#rescue/console-menu/job-screen.ts";
import { shownOperation, shownRestore } from "#rescue/console-menu/shown-job.ts";
import { textWidth } from "#rescue/console-menu/text-width.ts";
import { sampleDisk, sampleImage } from "#test/doubles/rescue.ts";

const plan = planRestore(sampleImage("/media/office.lbi"), sampleDisk(), {}, { verifyTarget: true, salvage: false });

const GIB = 1024 ** 3;
const job = (more: Partial<Job> = {}): Job => ({
  ...{ id: "j", state: "running", plan },
  progress: {
    ...{ phase: "verify", pass: { number: 2, count: 2, doneBytes: GIB, totalBytes: 2 * GIB } },
    ...{ doneBytes: 3 * GIB, totalBytes: 4 * GIB, bytesPerSecond: 100 << 20, secondsLeft: 75, elapsedSeconds: 3700 },
    warnings: [{ code: "POWER_LOW", text: "the battery is nearly empty (9 %): plug in the power supply now" }],
    paused: { code: "READ_FAILED", text: "/dev/sdb does not answer" },
  },
  ...more,
});

test("all of a job is on a screen of 80 by 24: how far, how fast, how long, what it waits for, what went wrong", () => {
  const { body, title } = progressFrame({ columns: 80 }, shownRestore(job()), true);
  const text = body.map((line) => line.text).join("\n");
  for (const part of [
    "2 of 2: reading back and comparing",
    "75 %  3 GiB of 4 GiB",
    "100 MiB a second, about 1 min 15 s left",
    "running for 1 h 1 min",
  ])
    expect(text).toContain(part);
  expect(text).toContain(`[${"#".repeat(45)}${".".repeat(15)}]`);
  for (const part of [
    "Waiting: /dev/sdb does not answer",
    "1 warning: the battery is nearly empty",
    "The connection to the rescue program is lost",
  ])
    expect(text.replaceAll("\n", " ")).toContain(part);
  expect(body.length).toBeLessThanOrEqual(20);
  for (const line of body) expect(textWidth(line.text)).toBeLessThanOrEqual(78);
  expect(title).toMatch(/^Restoring .+ to .+/);
});

test("a job that failed says what is safe and what to do, one that succeeded whether it was read back", () => {
  const problem = { code: "WRITE_FAILED", text: "it broke", safe: "all is well", next: "try again", details: {} };
  expect(shownRestore(job({ state: "failed", problem })).lines).toEqual(
    expect.arrayContaining([
      "it broke.",
      "What is safe:  all is well",
      "What to do:    try again",
      "Code WRITE_FAILED",
    ]),
  );
  const report: NonNullable<Job["report"]> = {
    ...{ kind: "restore", planId: "p", outcome: "succeeded", startedAt: "2026-01-01T00:00:00Z", seconds: 61 },
    ...{ writtenBytes: GIB, chunks: 1, damagedChunks: [], warnings: [], targetVerified: true },
  };
  expect(shownRestore(job({ state: "succeeded", report })).lines).toEqual(
    expect.arrayContaining(["Written: 1 GiB in 1 min 1 s", "Everything was read back and is equal to the image."]),
  );
});

test("a capture says what stopping it means, and a repair that failed what is safe", () => {
  const { progress } = job();
  const capture = {
    id: "o",
    kind: "capture",
    title: "capture of Target (…7777)",
    subject: "Target",
    afterwards: "stay",
  } as const;
  const shown = shownOperation({ ...capture, state: "running", progress: progress && { ...progress, phase: "copy" } });
  const text = progressFrame({ columns: 80 }, shown, false).body.map((line) => line.text);
  expect(text.join(" ")).toContain("reading the disk and writing the image");
  expect(shown.title).toBe("Running: capture of Target (…7777)");
  expect(shown.stopText).toContain("no image");
  const problem = { code: "BOOT_ESP_FULL", text: "it is full", safe: "all is well", next: "make room", details: {} };
  const repair = { id: "o", kind: "boot-repair", title: "repair of x", subject: "x", afterwards: "stay" } as const;
  const failed = shownOperation({ ...repair, state: "failed", problem });
  expect(failed.outcome).toBe("The repair failed");
  expect(failed.lines).toEqual(
    expect.arrayContaining(["it is full.", "What to do:    make room", "Code BOOT_ESP_FULL"]),
  );
});

test("read aloud, a job is told of at each tenth part, and when something happens", () => {
  const at = (doneBytes: number, more: Partial<NonNullable<Job["progress"]>> = {}) => {
    const { progress } = job();
    return spokenNews(shownRestore(job(progress && { progress: { ...progress, doneBytes, ...more } })), false);
  };
  expect(at(1.21 * GIB)).toBe(at(1.59 * GIB));
  expect(at(1.59 * GIB)).not.toBe(at(1.61 * GIB));
  expect(at(GIB)).not.toBe(at(GIB, { warnings: [] }));
  expect(at(GIB)).not.toBe(at(GIB, { phase: "write" }));
});
