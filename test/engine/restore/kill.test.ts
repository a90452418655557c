import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { captureDisk } from "#imaging/capture/capture-disk.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { describeFile } from "#imaging/inventory/list-disks.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { blkidTypes, tableSeenBySfdisk, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, noise, openWorkspace, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { allocated, fileSize, interrupt } from "#test/engine/restore/interrupt.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { sample } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const SIZE = 420 * MIB;
let space: Workspace;
let source: string;
let image: string;
beforeAll(async () => {
  space = await openWorkspace();
  const table = "label: gpt\nsize=16MiB, name=root\nsize=400MiB\n";
  source = await makeSampleDisk(space.path("source.img"), { size: SIZE, table, volumes: { 1: "ext4", 2: "noise" } });
  image = space.path("image.lbi");
  await lifeboatJson("capture", source, "--to", image);
});
afterAll(() => space[Symbol.asyncDispose]());

test.each(sample([1, 40 * MIB, 300 * MIB], [1]))(
  "kill -9 of a capture at %i bytes leaves nothing that passes for an image",
  async (size) => {
    const to = space.path(`killed-${size}.lbi`);
    await interrupt("SIGKILL", ["capture", source, "--to", to], async () => (await fileSize(`${to}.partial`)) >= size);
    expect(await fileSize(to)).toBe(0);
    expect(await fileSize(`${to}.partial`)).toBeGreaterThanOrEqual(size);
    for (const verb of ["show", "verify"]) {
      const { status, code } = await lifeboatError("image", verb, `${to}.partial`);
      expect([5, code]).toEqual([status, expect.stringMatching(/^IMAGE_(NOT_RECOGNISED|DAMAGED)$/)]);
    }
    // With a checkpoint it is gone on with, and not replaced by mistake; before the first one there is nothing to keep.
    const { status } = await lifeboat("capture", source, "--to", to);
    if (size > 1) expect(status).toBe(7);
    if (status !== 0) await lifeboatJson("resume", to);
    await lifeboatJson("image", "verify", to);
    expect(await fileSize(`${to}.partial`)).toBe(0);
  },
);

/** What a person, the firmware and the tools see of a target whose restore was killed. */
async function expectUnfinished(target: string): Promise<void> {
  expect(await tableSeenBySfdisk(target)).toBeUndefined();
  expect(await blkidTypes(target)).toBe("");
  const shown = await lifeboatJson<Disk>("disk", "show", target);
  expect(shown.unfinishedRestore).toMatch(/^plan-/);
  expect(shown.partitions).toEqual([]);
}

test.each(sample([4 * MIB, 120 * MIB, 330 * MIB], [1]))(
  "kill -9 of a restore at %i bytes: visibly unfinished, and finished by the same command",
  async (size) => {
    const target = await blankDisk(space.path(`killed-${size}.img`), SIZE);
    const command = ["restore", image, "--to", target, "--yes-erase", target];
    await interrupt("SIGKILL", command, async () => (await allocated(target)) >= size);
    await expectUnfinished(target);
    await lifeboatJson(...command);
    expect(await usedBytesDiffer(image, source, target)).toEqual([]);
    expect((await lifeboatJson<Disk>("disk", "show", target)).unfinishedRestore).toBeUndefined();
  },
);

test("kill -9 of a whole-disk restore leaves no table either, for sgdisk too", async () => {
  const raw = space.path("raw.lbi");
  await lifeboatJson("capture", source, "--raw", "--level", "none", "--to", raw);
  const target = await blankDisk(space.path("raw.img"), SIZE);
  const command = ["restore", raw, "--to", target, "--yes-erase", target];
  await interrupt("SIGKILL", command, async () => (await allocated(target)) >= 380 * MIB);
  await expectUnfinished(target);
  const { stdout } = await runTool("sgdisk", ["--print", target], { accept: [0, 2] });
  expect(stdout).not.toMatch(/backup|damaged|root/);
  await lifeboatJson(...command);
  expect(await sha256File(target)).toBe(await sha256File(source));
});

full("a plan that was killed can be run again, onto a disk that held another system", async () => {
  const table = "label: dos\nsize=30MiB, bootable\n";
  const target = await makeSampleDisk(space.path("replan.img"), { size: SIZE, table, volumes: { 1: "ext4" } });
  await writeAt(target, 200 * MIB, noise(MIB, 3));
  const plan = await lifeboatJson<RestorePlan>("restore", image, "--to", target, "--dry-run");
  expect(plan.losses.map((loss) => loss.text)).toEqual([expect.stringContaining("ext4")]);
  const file = space.path("plan.json");
  await writeFile(file, JSON.stringify(plan));
  const command = ["run", file, "--yes-erase", plan.target.id];
  await interrupt("SIGKILL", command, async () => (await allocated(target)) >= 150 * MIB);
  await expectUnfinished(target);
  await lifeboatJson(...command);
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
});

full("another plan does not finish what one began", async () => {
  const target = await blankDisk(space.path("other.img"), SIZE);
  const plan = await lifeboatJson<RestorePlan>("restore", image, "--to", target, "--dry-run");
  const other = await lifeboatJson<RestorePlan>("restore", image, "--to", target, "--dry-run", "--no-verify");
  const [first, second] = [space.path("first.json"), space.path("second.json")];
  await writeFile(first, JSON.stringify(plan));
  await writeFile(second, JSON.stringify(other));
  const moment = async () => (await allocated(target)) >= 20 * MIB;
  await interrupt("SIGKILL", ["run", first, "--yes-erase", target], moment);
  const before = await sha256File(target);
  expect((await lifeboatError("run", second, "--yes-erase", target)).code).toBe("PLAN_STALE");
  expect(await sha256File(target)).toBe(before);
});

test("SIGINT stops a capture: status 130, no file left", async () => {
  const to = space.path("stopped.lbi");
  const moment = async () => (await fileSize(`${to}.partial`)) >= 8 * MIB;
  const { status, stderr } = await interrupt("SIGINT", ["capture", source, "--to", to, "--json"], moment);
  expect([status, stderr]).toEqual([130, expect.stringContaining('"code":"CANCELLED"')]);
  expect([await fileSize(to), await fileSize(`${to}.partial`)]).toEqual([0, 0]);
});

test("SIGINT stops a restore: status 130, and the target is visibly unfinished", async () => {
  const target = await blankDisk(space.path("stopped.img"), SIZE);
  const moment = async () => (await allocated(target)) >= 8 * MIB;
  const { status } = await interrupt("SIGINT", ["restore", image, "--to", target, "--yes-erase", target], moment);
  expect(status).toBe(130);
  expect(await allocated(target)).toBeLessThan(400 * MIB); // it did not go on to the end
  await expectUnfinished(target);
});

test("a capture that is cancelled before its first chunk does not read the disk", async () => {
  const to = space.path("early.lbi");
  const disk = await describeFile(source);
  const request = { disk, to, level: "normal" as const, raw: false, name: "", note: "", writerVersion: "0" };
  const steps = captureDisk(request, AbortSignal.abort());
  const done: number[] = [];
  const run = async () => {
    for (let step = await steps.next(); !step.done; step = await steps.next()) done.push(step.value.doneBytes);
  };
  await expect(run()).rejects.toThrow("aborted");
  expect([done, await fileSize(`${to}.partial`)]).toEqual([[0], 0]);
});
