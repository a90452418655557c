import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { Job } from "#rescue/api/contract.ts";
import { type JobEntry, JobRegistry } from "#rescue/jobs/job-registry.ts";
import { writeReportFile } from "#rescue/jobs/report-file.ts";
import { HandRestore, sampleDisk, sampleImage } from "#test/doubles/rescue.ts";

const plan = planRestore(sampleImage("/media/a.lbi"), sampleDisk(), {}, { verifyTarget: false, salvage: false });

function begin() {
  const ended: { entry: JobEntry; error: unknown }[] = [];
  const jobs = new JobRegistry({ onEnd: (entry, error) => void ended.push({ entry, error }) });
  const hand = new HandRestore();
  const entry = jobs.start(plan, hand.run(plan), "usb-STICK");
  return { jobs, hand, entry, ended };
}

it("keeps the report of a job that succeeded", async () => {
  const { jobs, hand, entry, ended } = begin();
  await hand.step();
  expect(entry.view()).toMatchObject({ state: "running", progress: { doneBytes: 100 } });
  await hand.end();
  expect(Job.parse(jobs.get(entry.id).view())).toMatchObject({ state: "succeeded", report: { outcome: "succeeded" } });
  expect(ended).toEqual([{ entry, error: undefined }]);
  expect(jobs.isTarget(plan.target.id)).toBe(false);
});

it("keeps the problem of a job that failed, with what was written", async () => {
  const { hand, entry, ended } = begin();
  await hand.step();
  const error = new LifeboatError("WRITE_FAILED", { device: "/dev/sdb", offset: 4096, reason: "EIO" });
  await hand.fail(error);
  expect(Job.parse(entry.view())).toMatchObject({
    state: "failed",
    problem: { code: "WRITE_FAILED", text: "/dev/sdb: cannot write at byte 4096: EIO", details: { offset: 4096 } },
    report: { outcome: "failed", planId: plan.id },
  });
  expect(ended[0]?.error).toBe(error);
});

it("names an error that nobody foresaw as one", async () => {
  const { hand, entry } = begin();
  await hand.step();
  await hand.fail(new TypeError("x is not a function"));
  expect(entry.view().problem).toMatchObject({ code: "INTERNAL", details: { problem: "x is not a function" } });
});

it("ends a cancelled job with the problem CANCELLED", async () => {
  const { jobs, hand, entry } = begin();
  await hand.step();
  expect(jobs.cancel(entry.id).view().state).toBe("cancelling");
  expect(jobs.isTarget(plan.target.id)).toBe(true);
  await expect(entry.job.result).rejects.toThrow();
  expect(Job.parse(entry.view())).toMatchObject({
    state: "cancelled",
    problem: { code: "CANCELLED" },
    report: { outcome: "cancelled" },
  });
});

it("cancels everything when the server stops", async () => {
  const { jobs, entry } = begin();
  await jobs.stop();
  expect(entry.view().state).toBe("cancelled");
});

it("forgets the oldest of many ended jobs, and no running one", async () => {
  const { jobs, entry } = begin();
  for (let i = 0; i < 60; i++) {
    const hand = new HandRestore();
    jobs.start(plan, hand.run(plan), undefined);
    await Promise.resolve();
    await hand.end();
  }
  // 50 ended ones at the last start, that one, and the running one.
  expect(jobs.list()).toHaveLength(52);
  expect(jobs.get(entry.id)).toBe(entry);
});

it("writes the whole story of a job as one file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "reports-"));
  try {
    const { hand, entry } = begin();
    await hand.end();
    const path = await writeReportFile(join(folder, "new"), entry.view());
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual(JSON.parse(JSON.stringify(entry.view())));
    expect(await readdir(join(folder, "new"))).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("keeps the disks of work that is no restore: nothing else is written to them, and the machine stays on", () => {
  const { jobs } = begin();
  const claim = jobs.claim({ writes: ["new-disk"], reads: ["old-disk"], busy: "New disk" });
  expect(jobs.isTarget("new-disk")).toBe(true);
  expect(jobs.isTarget("old-disk")).toBe(false);
  const refused = (action: () => unknown, code: string) => expect(action).toThrow(expect.objectContaining({ code }));
  refused(() => jobs.reserve("new-disk", "New disk"), "JOB_BUSY");
  refused(() => jobs.reserve("old-disk", "Old disk"), "TARGET_IN_USE");
  refused(() => jobs.claim({ writes: ["old-disk"], reads: [], busy: "Old disk" }), "TARGET_IN_USE");
  refused(() => jobs.claim({ writes: [], reads: [plan.target.id], busy: "the target" }), "JOB_BUSY");
  refused(() => jobs.claim({ writes: ["usb-STICK"], reads: [], busy: "the image's disk" }), "TARGET_IN_USE");
  claim[Symbol.dispose]();
  expect(jobs.isTarget("new-disk")).toBe(false);
  jobs.reserve("old-disk", "Old disk")[Symbol.dispose]();
});

it("is busy with work that is no restore", () => {
  const jobs = new JobRegistry();
  using _claim = jobs.claim({ writes: [], reads: ["a"], busy: "capture of A" });
  expect(jobs.busyDisk()).toBe("capture of A");
});
