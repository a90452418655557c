import { readdir, readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import * as z from "zod";
import { openImage } from "#imaging/image/image-reader.ts";
import { RestorePlan } from "#imaging/plan/plan.ts";
import { FoundImage, Job, TargetChoice } from "#rescue/api/contract.ts";
import { listChunks } from "#test/doubles/chunk-list.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { tableSeenBySfdisk, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { problemCode, type RescueServer, startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";

const full = it.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const OPTIONS = { verifyTarget: true, salvage: false };

let work: Workspace;
let server: RescueServer;
let [source, image, target, bystander]: [string, string, string, string] = ["", "", "", ""];

beforeEach(async () => {
  work = await openWorkspace();
  source = await makeSampleDisk(work.path("source.raw"), SMALL_DISK);
  image = work.path("images.lbi");
  await lifeboatJson("capture", source, "--to", image, "--name", "office");
  // Somebody's old data, and room behind the restored partitions.
  target = await noisyDisk(work.path("target.raw"), SMALL_DISK.size + MIB);
  bystander = await noisyDisk(work.path("bystander.raw"), SMALL_DISK.size, 3);
  const files = ["--disk", target, "--disk", bystander, "--images", work.folder];
  server = await startRescueServer(...files, "--reports", work.path("reports"), "--log", work.path("server.jsonl"));
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await work[Symbol.asyncDispose]();
});

async function makePlan(options = OPTIONS): Promise<RestorePlan> {
  const [found] = z.array(FoundImage).parse((await server.get("/api/v1/images")).json);
  const wish = { imageId: found?.id, targetId: `file:${target}`, options };
  return RestorePlan.parse((await server.post("/api/v1/plans/restore", wish)).json);
}
const start = (plan: RestorePlan, confirm = plan.target.id, key = "key-1") =>
  server.post("/api/v1/jobs/restore", { planId: plan.id, confirm }, key);

it("restores a disk, shows the way there, and leaves every other disk alone", async () => {
  const before = await sha256File(bystander);
  const found = z.array(FoundImage).parse((await server.get("/api/v1/images")).json);
  expect(found.map((f) => [f.fileName, f.manifest?.name])).toEqual([["images.lbi", "office"]]);
  const choices = z.array(TargetChoice).parse((await server.get(`/api/v1/images/${found[0]?.id}/targets`)).json);
  expect(choices.map((c) => [c.name, c.refusal])).toEqual([
    ["target.raw", undefined],
    ["bystander.raw", undefined],
  ]);

  const plan = await makePlan();
  const job = Job.parse((await start(plan)).json);
  const states = await server.follow(job.id);
  const end = states.at(-1);
  expect(end).toMatchObject({ state: "succeeded", report: { outcome: "succeeded", targetVerified: true } });
  const progress = states.map((state) => state.progress?.doneBytes ?? 0);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));

  expect(await usedBytesDiffer(image, source, target, { tables: false })).toEqual([]);
  const partitions = (dump: string | undefined) => dump?.split("\n").filter((line) => line.startsWith("DISK"));
  expect(partitions(await tableSeenBySfdisk(target))).toEqual(partitions(await tableSeenBySfdisk(source)));
  await checkDisk(target);
  expect(await sha256File(bystander)).toBe(before);
});

full("keeps a report and a log that tell the whole story", async () => {
  const plan = await makePlan();
  const job = Job.parse((await start(plan)).json);
  await server.follow(job.id);
  // Stopping waits for what is still being written.
  const { text } = await server.get("/api/v1/log");
  await server[Symbol.asyncDispose]();
  const [report] = await readdir(work.path("reports"));
  expect(Job.parse(JSON.parse(await readFile(work.path(`reports/${report}`), "utf8")))).toMatchObject({
    id: job.id,
    state: "succeeded",
    plan: { id: plan.id },
  });
  for (const part of [plan.id, job.id, "a job has ended", "==== Log of the kernel"]) expect(text).toContain(part);
});

full("starts nothing twice for a repeated request", async () => {
  const plan = await makePlan();
  const [first, second] = await Promise.all([start(plan), start(plan)]);
  expect(second).toEqual(first);
  const other = await start(plan, plan.target.id, "key-2");
  expect(problemCode(other.json)).toBe("JOB_BUSY");
  await server.follow(Job.parse(first.json).id);
  expect(z.array(Job).parse((await server.get("/api/v1/jobs")).json)).toHaveLength(1);
});

it("refuses a stale plan and a wrong confirmation before the first write", async () => {
  const plan = await makePlan();
  const before = await sha256File(target);
  expect(problemCode((await start(plan, `file:${bystander}`)).json)).toBe("CONFIRM_MISMATCH");
  expect(await sha256File(target)).toBe(before);

  await makeSampleDisk(target, { ...SMALL_DISK, size: SMALL_DISK.size + MIB });
  const changed = await sha256File(target);
  expect(problemCode((await start(plan, plan.target.id, "key-2")).json)).toBe("PLAN_STALE");
  expect(await sha256File(target)).toBe(changed);
});

it("names the damage when an image is broken, and leaves a disk that does not boot", async () => {
  const chunks = await listChunks(await openImage(image));
  const damaged = chunks.findIndex(({ codec, storedLength }) => codec !== 2 && storedLength > 1000);
  await writeAt(image, (chunks[damaged]?.recordOffset ?? 0) + 200, Buffer.from("broken"));
  const plan = await makePlan();
  const job = Job.parse((await start(plan)).json);
  const end = (await server.follow(job.id)).at(-1);
  expect(end).toMatchObject({
    state: "failed",
    problem: { code: "CHUNK_DAMAGED", details: { chunk: damaged } },
    report: { outcome: "failed" },
  });
  expect(await tableSeenBySfdisk(target)).toBeUndefined();
});

it("cancels, says what that means, and finishes the work on a second try", async () => {
  const plan = await makePlan();
  const job = Job.parse((await start(plan)).json);
  await server.post(`/api/v1/jobs/${job.id}/cancel`, {});
  const end = (await server.follow(job.id)).at(-1);
  expect(end).toMatchObject({ state: "cancelled", problem: { code: "CANCELLED" }, report: { outcome: "cancelled" } });
  expect(await tableSeenBySfdisk(target)).toBeUndefined();

  const again = await makePlan();
  const second = Job.parse((await start(again, again.target.id, "key-2")).json);
  expect((await server.follow(second.id)).at(-1)?.state).toBe("succeeded");
  expect(await usedBytesDiffer(image, source, target, { tables: false })).toEqual([]);
});
