import { copyFile, open, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestoreReport } from "#imaging/plan/plan.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { noise, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";

const MIB = 1 << 20;
const BLOCK = 4096;
const DISK: SampleDisk = { size: 640 * MIB, table: "label: gpt\nsize=636MiB\n", volumes: { 1: "noise" } };
let space: Workspace;
let source: string;
let image: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), DISK);
  image = space.path("image.lbi");
  await lifeboatJson("capture", source, "--to", image, "--level", "none", "--no-verify");
});
afterAll(() => space[Symbol.asyncDispose]());

/** Bytes that were written to a block device since it was made, as the kernel counts them (Linux, block/stat.rst). */
async function writtenTo(device: string): Promise<number> {
  const fields = (await readFile(`/sys/class/block/${basename(device)}/stat`, "utf8")).trim().split(/\s+/);
  return Number(fields[6]) * 512;
}

/** Blocks with this much between them, which is the worst that can happen to chunks of 1 MiB. */
async function changeEvery(disk: string, step: number): Promise<number> {
  await using file = await open(disk, "r+");
  let changed = 0;
  for (let at = 2 * MIB; at < DISK.size - 4 * MIB; at += step, changed += BLOCK)
    await file.write(noise(BLOCK, at), 0, BLOCK, at - (at % BLOCK));
  return changed;
}

test("of a disk of which 1 % changed, a block here and a block there, no more than 2 % is written", async () => {
  const target = space.path("target.img");
  await copyFile(source, target);
  const changed = await changeEvery(target, 100 * BLOCK);
  expect(changed / DISK.size).toBeGreaterThan(0.0095);
  await using loop = await attachLoop(target);
  const id = `dev-${basename(loop.path)}`;
  const before = await writtenTo(loop.path);
  const args = ["restore", image, "--to", loop.path, "--yes-erase", id, "--no-undo", "--delta"];
  const report = await lifeboatJson<RestoreReport>(...args);
  const written = (await writtenTo(loop.path)) - before;
  expect(written / DISK.size).toBeLessThan(0.02);
  expect(written).toBeGreaterThanOrEqual(report.writtenBytes);
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
});
