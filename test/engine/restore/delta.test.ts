import { copyFile, readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diskEnd, diskOffset } from "#imaging/image/chunk-table.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { allFileHashes, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { GPT_DISK, MBR_DISK, makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { noise, openWorkspace, readAt, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { interrupt } from "#test/engine/restore/interrupt.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
/** In the last partition of GPT_DISK, behind its first MiB. */
const NOISE = 73 * MIB;
let space: Workspace;
let source: string;
let image: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), GPT_DISK);
  image = space.path("image.lbi");
  await lifeboatJson("capture", source, "--to", image);
});
afterAll(() => space[Symbol.asyncDispose]());

const restore = (target: string, ...more: string[]) =>
  lifeboatJson<RestoreReport>("restore", image, "--to", target, "--yes-erase", target, "--delta", ...more);

async function copyOf(name: string): Promise<string> {
  const path = space.path(name);
  await copyFile(source, path);
  return path;
}

test("the plan says that only what differs is written", async () => {
  const target = await copyOf("plan.img");
  const plan = await lifeboatJson<RestorePlan>("restore", image, "--to", target, "--delta", "--dry-run");
  expect(plan.options.delta).toBe(true);
  expect(plan.operations.map(({ text }) => text).join("\n")).toContain("write what differs");
});

test("of a disk that is as the image has it nothing but its table is written, and all of it is right", async () => {
  const target = await copyOf("same.img");
  const report = await restore(target);
  // The MiB in front of the first partition, where the old table was, is cleared and written again.
  expect(report.writtenBytes).toBeLessThan(MIB);
  expect(report.unchanged?.chunks).toBeGreaterThan(report.chunks - 4);
  expect(await sha256File(target)).toBe(await sha256File(source));
});

test("single blocks that differ are found and written, and no more than they are", async () => {
  const target = await copyOf("changed.img");
  const places = [3 * MIB, 20 * MIB + 8192, 21 * MIB, 70 * MIB + 512, NOISE + 100_000];
  for (const [i, at] of places.entries()) await writeAt(target, at, noise(700, i + 1));
  const report = await restore(target);
  expect(report.writtenBytes).toBeLessThan(MIB);
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
  expect(await allFileHashes(target)).toEqual(await allFileHashes(source));
});

full("a disk that holds something else is written over, and its old signatures do not survive", async () => {
  const target = await makeSampleDisk(space.path("other.img"), MBR_DISK);
  const report = await restore(target);
  expect(report.unchanged?.bytes).toBeLessThan(report.writtenBytes);
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
  const full = await makeSampleDisk(space.path("full.img"), MBR_DISK);
  await lifeboatJson("restore", image, "--to", full, "--yes-erase", full);
  for (const at of [0, 88 * MIB - MIB]) expect(await readAt(target, at, MIB)).toEqual(await readAt(full, at, MIB));
  expect(await allFileHashes(target)).toEqual(await allFileHashes(source));
});

full("after a kill the same command finishes it, and looks at everything again", async () => {
  const target = await makeSampleDisk(space.path("killed.img"), MBR_DISK);
  const command = ["restore", image, "--to", target, "--yes-erase", target, "--delta"];
  const half = async () => (await readAt(target, 22 * MIB, 4096)).equals(await readAt(source, 22 * MIB, 4096));
  await interrupt("SIGKILL", [...command, "--limit", "8M"], half);
  expect((await lifeboatJson<Disk>("disk", "show", target)).unfinishedRestore).toMatch(/^plan-/);
  const report = await lifeboatJson<RestoreReport>(...command);
  expect(report.unchanged?.chunks).toBeGreaterThan(4);
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
});

test("a chunk that the image has damaged is no loss where the target holds it", async () => {
  const damaged = space.path("damaged.lbi");
  await copyFile(image, damaged);
  const { offset } = await chunkAt(damaged, NOISE);
  await writeAt(damaged, offset + 200, noise(64, 5));
  const target = await copyOf("damaged.img");
  const args = ["--to", target, "--yes-erase", target];
  expect((await lifeboatError("restore", damaged, ...args, "--no-undo")).code).toBe("CHUNK_DAMAGED");
  await copyFile(source, target);
  await lifeboatJson("restore", damaged, ...args, "--delta", "--no-undo");
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
  await writeAt(target, NOISE + 4096, noise(64, 6));
  expect((await lifeboatError("restore", damaged, ...args, "--delta", "--no-undo")).code).toBe("CHUNK_DAMAGED");
});

/** Where in the file the record of the chunk lies that holds a byte of the disk. */
async function chunkAt(file: string, at: number): Promise<{ offset: number }> {
  const { index } = await openImage(file);
  const table = await index.load(index.segmentsAt(at, at + 1)[0] ?? 0);
  for (let chunk = 0; chunk < table.count; chunk++)
    if (diskOffset(table, chunk) <= at && diskEnd(table, chunk) > at)
      return { offset: table.recordOffset[chunk] as number };
  throw new Error(`no chunk holds byte ${at}`);
}

test("bytes outside of the image's used blocks stay as they are", async () => {
  const target = await copyOf("outside.img");
  const before = await readFile(target);
  await restore(target);
  const after = await readFile(target);
  expect(after.equals(before)).toBe(true);
});
