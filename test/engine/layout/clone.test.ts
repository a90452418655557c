import { copyFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { GPT_DISK, MBR_DISK, makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, readAt, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf, volumesOf } from "#test/engine/layout/volumes.ts";
import { interrupt } from "#test/engine/restore/interrupt.ts";

const MIB = 1 << 20;
const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");
let space: Workspace;
let source: string;
let hash: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), GPT_DISK);
  hash = await sha256File(source);
});
afterAll(async () => {
  expect(await sha256File(source)).toBe(hash); // after all of it
  await space[Symbol.asyncDispose]();
});

const clone = (target: string, ...more: string[]) =>
  lifeboatJson<RestoreReport>("clone", source, "--to", target, "--yes-erase", target, ...more);

test("a disk full of old data becomes a copy of the used blocks, read back, and the source is untouched to the bit", async () => {
  const target = await noisyDisk(space.path("copy.img"), 88 * MIB);
  const plan = await lifeboatJson<RestorePlan>("clone", source, "--to", target, "--dry-run");
  expect(plan).toMatchObject({ kind: "clone", source: { path: source, raw: false }, image: { path: source } });
  const report = await clone(target);
  expect(report).toMatchObject({ kind: "clone", targetVerified: true, writtenBytes: plan.writeBytes });
  expect(report.writtenBytes).toBeLessThan(60 * MIB);
  expect(await filesOf(target)).toEqual(await filesOf(source));
  expect(await volumesOf(target)).toEqual(await volumesOf(source));
  expect(await sha256File(source)).toBe(hash);
});

full("to a larger disk, with another table and new identities", async () => {
  const target = await noisyDisk(space.path("mbr.img"), 120 * MIB);
  await clone(target, "--table", "mbr", "--new-ids");
  expect(await filesOf(target)).toEqual(await filesOf(source));
});

full("sector by sector: equal to the bit where the sizes are equal", async () => {
  const target = await noisyDisk(space.path("raw.img"), 88 * MIB);
  const report = await clone(target, "--raw");
  expect(report.writtenBytes).toBe(88 * MIB);
  expect(await sha256File(target)).toBe(hash);
});

full("only what differs is written with --delta", async () => {
  const target = space.path("same.img");
  await copyFile(source, target);
  const report = await clone(target, "--delta", "--keep-ids");
  expect(report.writtenBytes).toBeLessThan(2 * MIB);
  expect(await sha256File(target)).toBe(hash);
});

full("what was there before can be put back with undo", async () => {
  const target = await makeSampleDisk(space.path("undo.img"), MBR_DISK);
  const before = await filesOf(target);
  const report = await clone(target);
  const file = report.undo?.file as string;
  await lifeboatJson("undo", file, "--yes-erase", target);
  expect(await filesOf(target)).toEqual(before);
});

full("after a kill the same plan goes on, and looks again at what was written", async () => {
  const target = await makeSampleDisk(space.path("killed.img"), MBR_DISK);
  const command = ["clone", source, "--to", target, "--yes-erase", target];
  const half = async () => (await readAt(target, 22 * MIB, 4096)).equals(await readAt(source, 22 * MIB, 4096));
  await interrupt("SIGKILL", [...command, "--limit", "8M"], half);
  expect((await lifeboatJson<Disk>("disk", "show", target)).unfinishedRestore).toMatch(/^plan-/);
  await lifeboatJson(...command);
  expect(await filesOf(target)).toEqual(await filesOf(source));
});

test("refused: onto itself, onto one that is too small, a source that is not there", async () => {
  const small = await noisyDisk(space.path("small.img"), 40 * MIB);
  const before = await sha256File(small);
  expect((await lifeboatError("clone", source, "--to", source, "--yes-erase", source)).code).toBe("TARGET_IS_SOURCE");
  expect((await lifeboatError("clone", source, "--to", small, "--yes-erase", small)).code).toBe("LAYOUT_TOO_SMALL");
  expect((await lifeboatError("clone", source, "--to", small)).code).toBe("LAYOUT_TOO_SMALL");
  expect((await lifeboat("clone", space.path("none.img"), "--to", small)).status).not.toBe(0);
  expect(await sha256File(small)).toBe(before);
  expect(await sha256File(source)).toBe(hash);
});
