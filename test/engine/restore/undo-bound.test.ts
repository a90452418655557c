import { copyFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openImage } from "#imaging/image/image-reader.ts";
import { describeFile } from "#imaging/inventory/list-disks.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { runRestore } from "#imaging/restore/run-restore.ts";
import { readUndoFile } from "#imaging/undo/undo-files.ts";
import { check, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { compareBySaved, seenByTools, undo } from "#test/engine/restore/undo-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { sample } from "#test/sample.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;
const SIZE = 100 * MIB;
let space: Workspace;
let image: string;
beforeAll(async () => {
  space = await openWorkspace();
  const noisy: SampleDisk = { size: SIZE, table: "label: dos\nsize=70MiB\n", volumes: { 1: "noise" } };
  image = space.path("image.lbi");
  await lifeboatJson("capture", await makeSampleDisk(space.path("source.img"), noisy), "--to", image, "--no-verify");
});
afterAll(() => space[Symbol.asyncDispose]());

/** Restores with so little room for the undo file that content does not fit, which takes a large disk otherwise. */
async function restoreWithBound(target: string, mostBytes: number): Promise<string> {
  const file = `${target}.lbu`;
  const place = { path: file, kind: "file" as const, inMemory: false, mostBytes };
  const options = { verifyTarget: true, salvage: false };
  const plan = planRestore(await openImage(image), await describeFile(target), { undo: place }, options);
  const steps = runRestore(plan, { writerVersion: "0.1.0" })(new AbortController().signal);
  for (let step = await steps.next(); !step.done; step = await steps.next());
  return file;
}

async function inPartition(disk: string, tool: string, ...args: string[]): Promise<{ status: number; output: string }> {
  const { offset, size } = await findPartition(disk, 1);
  await using loop = await attachLoop(disk, { offset, size, readOnly: true });
  const { status, output } = check(tool, ...args, loop.path);
  return { status, output: output.replaceAll(loop.path, "DEVICE") };
}

const TOLD = [
  ["ext4", "tune2fs", ["-l"]],
  ["ntfs", "ntfsinfo", ["-m", "-f"]],
] as const;

test.each(sample(TOLD, 1))(
  "%s of which only the places are saved that it is found by is known again",
  async (kind, tool, args) => {
    const table = "label: gpt\nsize=90MiB, name=old\n";
    const old = await makeSampleDisk(space.path(`${kind}.img`), { size: SIZE, table, volumes: { 1: kind } });
    const target = space.path(`${kind}-target.img`);
    await copyFile(old, target);
    const file = await restoreWithBound(target, 14 * MIB);
    const { undo: saved, manifest } = await readUndoFile(file);
    expect(manifest.regions[0]?.usedBytes).toBeLessThanOrEqual(14 * MIB);
    expect(saved.lostBytes).toBeGreaterThan(0);
    expect(saved.leftOut).toEqual(["all other blocks in use that are overwritten"]);
    await undo(file, target);
    expect(await seenByTools(target)).toEqual(await seenByTools(old));
    expect(await inPartition(target, tool, ...args)).toEqual(await inPartition(old, tool, ...args));
    expect(await compareBySaved(file, target, old)).toMatchObject({ inside: 0 });
  },
);

full("xfs: the headers of every allocation group are saved", async () => {
  const old = await makeSampleDisk(space.path("x.img"), {
    size: 420 * MIB,
    table: "label: gpt\nsize=400MiB\n",
    volumes: {},
  });
  const { offset, size } = await findPartition(old, 1);
  {
    await using loop = await attachLoop(old, { offset, size });
    run("mkfs.xfs", "-q", "-f", loop.path);
  }
  const target = space.path("x-target.img");
  await copyFile(old, target);
  const file = await restoreWithBound(target, 12 * MIB);
  await undo(file, target);
  await using loop = await attachLoop(target, { offset, size });
  const { stdout } = await runTool("xfs_db", [
    "-r",
    "-c",
    "sb 2",
    "-c",
    "p magicnum",
    "-c",
    "agf 3",
    "-c",
    "p magicnum",
    loop.path,
  ]);
  expect(stdout).toBe("magicnum = 0x58465342\nmagicnum = 0x58414746\n");
  expect(await compareBySaved(file, target, old)).toMatchObject({ inside: 0 });
});

test("an undo file is an image that a reader written from its specification alone takes", async () => {
  const old = await makeSampleDisk(space.path("py.img"), {
    size: SIZE,
    table: "label: gpt\nsize=80MiB\n",
    volumes: { 1: "ext4" },
  });
  const target = space.path("py-target.img");
  await copyFile(old, target);
  const file = await restoreWithBound(target, 64 * MIB);
  const reader = new URL("../../doubles/reader.py", import.meta.url).pathname;
  const out = space.path("py-out.img");
  await runTool("/usr/bin/python3", ["-B", reader, file, out]);
  expect(await compareBySaved(file, out, old)).toMatchObject({ inside: 0 });
});
