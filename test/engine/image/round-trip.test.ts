import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-disk.ts";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import { allFileHashes, tableSeenBySfdisk, usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { GPT_DISK, MBR_DISK, makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { makeVolume } from "#test/engine/image/sample-volume.ts";
import {
  blankDisk,
  noise,
  noisyDisk,
  openWorkspace,
  readAt,
  sha256File,
  type Workspace,
  writeAt,
} from "#test/engine/image/workspace.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

const capture = (disk: string, image: string, ...options: string[]) =>
  lifeboatJson<CaptureReport>("capture", disk, "--to", image, ...options);
const restore = (image: string, target: string) =>
  lifeboatJson("restore", image, "--to", target, "--yes-erase", target);

describe.each([
  { name: "gpt", disk: GPT_DISK, growth: 41 * MIB + 512 },
  { name: "mbr", disk: MBR_DISK, growth: 37 * MIB },
] satisfies { name: string; disk: SampleDisk; growth: number }[])("a $name disk", ({ name, disk, growth }) => {
  let source: string;
  let files: Record<string, string>;
  beforeAll(async () => {
    source = await makeSampleDisk(space.path(`${name}.img`), disk);
    files = await allFileHashes(source);
    expect(Object.keys(files).length).toBeGreaterThan(12);
  });

  test("comes back onto a disk full of old data", async () => {
    const before = await sha256File(source);
    const image = space.path(`${name}.lbi`);
    const report = await capture(source, image);
    expect(report.capturedBytes).toBeLessThan(disk.size * 0.6);
    expect(await sha256File(source)).toBe(before);

    const target = await noisyDisk(space.path(`${name}.out`), disk.size);
    await restore(image, target);
    expect(await usedBytesDiffer(image, source, target)).toEqual([]);
    expect(await tableSeenBySfdisk(target)).toBe(await tableSeenBySfdisk(source));
    expect(await allFileHashes(target)).toEqual(files);
    await checkDisk(target);
  });

  full.each(["none", "high"])("comes back from level %s", async (level) => {
    const image = space.path(`${name}-${level}.lbi`);
    await capture(source, image, "--level", level);
    const target = await blankDisk(space.path(`${name}-${level}.out`), disk.size);
    await restore(image, target);
    expect(await usedBytesDiffer(image, source, target)).toEqual([]);
    await checkDisk(target);
  });

  test("fits a larger disk, with a table that sgdisk accepts", async () => {
    const image = space.path(`${name}-grow.lbi`);
    await capture(source, image);
    const target = await noisyDisk(space.path(`${name}-grow.out`), disk.size + growth);
    await restore(image, target);
    expect(await usedBytesDiffer(image, source, target, { tables: false })).toEqual([]);
    expect(await allFileHashes(target)).toEqual(files);
    await checkDisk(target);
    const { stdout } = await runTool("sgdisk", ["--print", target]);
    expect(stdout).toContain(`${(disk.size + growth) / 512} sectors`);
    if (name === "gpt") expect(stdout).toContain(`last usable sector is ${(disk.size + growth) / 512 - 34}`);
  });

  full("comes back whole with --raw, unused blocks too", async () => {
    const image = space.path(`${name}-raw.lbi`);
    await writeAt(source, disk.size - 3 * MIB, noise(MIB, 11)); // between the partitions and the backup table
    await capture(source, image, "--raw");
    const target = await noisyDisk(space.path(`${name}-raw.out`), disk.size);
    await restore(image, target);
    expect(await sha256File(target)).toBe(await sha256File(source));
  });
});

test("a disk with one file system and no table comes back", async () => {
  const source = await makeVolume(space.path("floppy.img"), "ext4", 40 * MIB);
  const image = space.path("floppy.lbi");
  const report = await capture(source, image);
  expect(report.capturedBytes).toBeLessThan(30 * MIB);
  const target = await noisyDisk(space.path("floppy.out"), 40 * MIB);
  await restore(image, target);
  expect(await usedBytesDiffer(image, source, target)).toEqual([]);
  await runTool("e2fsck", ["-fn", target]);
  await runTool("debugfs", ["-R", `dump "/a folder/file-6.bin" ${space.path("dumped")}`, target]);
  const length = 3 * MIB + 77;
  expect((await readAt(space.path("dumped"), 0, length)).equals(noise(length, 7))).toBe(true);
});

test("a blank disk becomes a small image and comes back blank", async () => {
  const source = await blankDisk(space.path("blank.img"), 24 * MIB + 512);
  const image = space.path("blank.lbi");
  const report = await capture(source, image);
  expect(report.imageBytes).toBeLessThan(16 << 10);
  const target = await noisyDisk(space.path("blank.out"), 24 * MIB + 512);
  await restore(image, target);
  expect(await sha256File(target)).toBe(await sha256File(source));
});

test("text without --json is for people, and verify says that the image is intact", async () => {
  const { status, stdout } = await lifeboat("image", "verify", space.path("blank.lbi"));
  expect(status).toBe(0);
  expect(stdout).toMatch(/is intact: 25 chunks, 24 MiB checked/);
  const shown = await lifeboat("image", "show", space.path("blank.lbi"));
  expect(shown.stdout).toContain("no partition table and no file system was recognised");
});
