import { copyFile, rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { type ListedChunk, listChunks } from "#test/doubles/chunk-list.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { blkidTypes, tableSeenBySfdisk } from "#test/engine/image/compare-disks.ts";
import { MBR_DISK, makeSampleDisk, type SampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { makeVolume } from "#test/engine/image/sample-volume.ts";
import { noisyDisk, openWorkspace, readAt, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { sample } from "#test/sample.ts";

const MIB = 1 << 20;
let space: Workspace;
let source: string;
let whole: string;
let image: Image;
let listed: ListedChunk[];
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), SMALL_DISK);
  whole = space.path("whole.lbi");
  await lifeboatJson("capture", source, "--to", whole);
  image = await openImage(whole);
  listed = await listChunks(image);
});
afterAll(() => space[Symbol.asyncDispose]());

/** A copy in which these chunks are damaged. */
async function damaged(name: string, chunks: readonly number[], from = image): Promise<string> {
  const copy = space.path(name);
  await copyFile(from.path, copy);
  const records = await listChunks(from);
  for (const chunk of chunks) await writeAt(copy, (records[chunk]?.recordOffset ?? 0) + 40, Buffer.from("rot"));
  return copy;
}

const chunkIn = (kind: string, number: number): number => {
  const found = listed.find((c) => image.manifest.regions[c.region]?.kind === kind && c.number === number);
  if (found === undefined) throw new Error(`no chunk ${number} in a ${kind}`);
  return found.chunk;
};

async function expectNoSystem(target: string): Promise<void> {
  expect(await tableSeenBySfdisk(target)).toBeUndefined();
  expect(await blkidTypes(target)).toBe("");
  expect((await readAt(target, 510, 2)).equals(Buffer.from([0x55, 0xaa]))).toBe(false);
  expect((await lifeboatJson<Disk>("disk", "show", target)).unfinishedRestore).toMatch(/^plan-/);
}

test.each([
  ["in the middle of a volume", () => chunkIn("volume", 3)],
  ["with a superblock", () => chunkIn("volume", 0)],
  ["with a boot loader", () => chunkIn("gap", 0)],
])("a damaged chunk %s ends the restore, and the target does not boot", async (_where, find) => {
  const chunk = find();
  const file = await damaged(`chunk-${chunk}.lbi`, [chunk]);
  const target = await noisyDisk(space.path("target.img"), SMALL_DISK.size);
  const { status, code, details } = await lifeboatError("restore", file, "--to", target, "--yes-erase", target);
  expect([status, code, details["chunk"]]).toEqual([5, "CHUNK_DAMAGED", chunk]);
  await expectNoSystem(target);
});

test("a damaged table is found before anything is written", async () => {
  const file = await damaged("table.lbi", [chunkIn("table", 0)]);
  const target = await noisyDisk(space.path("target.img"), SMALL_DISK.size);
  const before = await readAt(target, 0, SMALL_DISK.size);
  const { code } = await lifeboatError("restore", file, "--to", target, "--yes-erase", target);
  expect(code).toBe("CHUNK_DAMAGED");
  expect((await readAt(target, 0, SMALL_DISK.size)).equals(before)).toBe(true);
});

test("a damaged boot sector of a disk without table leaves it unfinished too", async () => {
  const floppy = await makeVolume(space.path("floppy.img"), "vfat", 16 * MIB);
  await lifeboatJson("capture", floppy, "--to", space.path("floppy.lbi"));
  const file = await damaged("floppy-bad.lbi", [0], await openImage(space.path("floppy.lbi")));
  const target = await noisyDisk(space.path("floppy.out"), 16 * MIB);
  const { code } = await lifeboatError("restore", file, "--to", target, "--yes-erase", target);
  expect(code).toBe("CHUNK_DAMAGED");
  await expectNoSystem(target);
});

test("--salvage restores all that is intact, says what is not, and is no success", async () => {
  const bad = [chunkIn("volume", 3), chunkIn("volume", 0)].toSorted((a, b) => a - b);
  const file = await damaged("salvage.lbi", bad);
  const target = await noisyDisk(space.path("salvage.out"), SMALL_DISK.size);
  const command = ["restore", file, "--to", target, "--yes-erase", target, "--salvage"];
  const { status, stderr } = await lifeboat(...command);
  expect([status, stderr]).toEqual([5, expect.stringContaining("RESTORE_SALVAGED")]);
  for (const chunk of bad) {
    const offset = listed[chunk]?.diskOffset;
    expect(stderr).toMatch(new RegExp(`^! chunk ${chunk} of partition 1 .* from byte ${offset} of the disk`, "m"));
  }
  expect(stderr.match(/^! /gm)).toHaveLength(bad.length);
  for (const { chunk, runs } of listed)
    for (const [offset, length] of runs) {
      const wanted = bad.includes(chunk) ? Buffer.alloc(length) : await readAt(source, offset, length);
      expect((await readAt(target, offset, length)).equals(wanted), `chunk ${chunk}`).toBe(true);
    }
  await runTool("sgdisk", ["-v", target]);
  expect(await tableSeenBySfdisk(target)).toBe(await tableSeenBySfdisk(source));
});

const TABLES: readonly [string, SampleDisk, number][] = [
  ["the first copy of a GPT", SMALL_DISK, 0],
  ["the backup of a GPT", SMALL_DISK, -1],
  ["an MBR", MBR_DISK, 0],
];

test.each(sample(TABLES, 1))(
  "--salvage makes the partition table although %s is damaged, and says so",
  async (_what, disk, which) => {
    const [from, file] = [space.path("table-source.img"), space.path("table-source.lbi")];
    await makeSampleDisk(from, disk);
    await lifeboatJson("capture", from, "--to", file);
    const opened = await openImage(file);
    const tables = (await listChunks(opened)).filter(({ region }) => opened.manifest.regions[region]?.kind === "table");
    const chunk = tables.at(which)?.chunk ?? -1;
    const bad = await damaged("table-bad.lbi", [chunk], opened);
    const target = await noisyDisk(space.path("table.out"), disk.size);
    const before = await readAt(target, 0, disk.size);
    expect((await lifeboatError("restore", bad, "--to", target, "--yes-erase", target)).code).toBe("CHUNK_DAMAGED");
    expect((await readAt(target, 0, disk.size)).equals(before)).toBe(true);

    const { status, stderr } = await lifeboat("restore", bad, "--to", target, "--yes-erase", target, "--salvage");
    expect([status, stderr]).toEqual([5, expect.stringContaining("RESTORE_SALVAGED")]);
    expect(stderr.match(/^! chunk (\d+) of .*partition table/gm)).toHaveLength(1);
    expect(await tableSeenBySfdisk(target)).toBe(await tableSeenBySfdisk(from));
    if (disk === SMALL_DISK) await runTool("sgdisk", ["-v", target]);
    for (const { region, runs } of await listChunks(opened))
      for (const [offset, length] of opened.manifest.regions[region]?.kind === "table" ? [] : runs)
        expect((await readAt(target, offset, length)).equals(await readAt(from, offset, length))).toBe(true);
    for (const path of [from, file, bad, target]) await rm(path);
  },
);
