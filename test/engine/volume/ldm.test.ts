import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type MappedRegion, mapRegions } from "#imaging/capture/map-regions.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { surveyDisk } from "#imaging/inventory/survey-disk.ts";
import {
  check,
  complement,
  copyMapped,
  emptyImage,
  fileVolume,
  hashTree,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";
import { noise } from "#test/engine/image/workspace.ts";
import { overwrite } from "#test/engine/volume/sample-content.ts";
import { copyRange } from "#test/engine/volume/volume-group.ts";
import { ldmDisks } from "#test/fixtures/ldm-disks.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";

const MIB = 1 << 20;
let disks = "";
beforeAll(async () => {
  disks = await ldmDisks();
});

async function mapDisk(file: string): Promise<MappedRegion> {
  using device = fileVolume(file);
  const [region, ...others] = await mapRegions(device, await surveyDisk(device));
  if (!region || others.length > 0) throw new Error(`${others.length + 1} regions`);
  return region;
}

/** Files of an NTFS, read by ntfs-3g. */
async function filesIn(volume: string): Promise<Record<string, string>> {
  using folder = scratch();
  await using loop = await attachLoop(volume, { readOnly: true });
  run("ntfs-3g", "-o", "ro", loop.path, folder.path);
  try {
    const files = hashTree(folder.path);
    expect(Object.keys(files).length).toBeGreaterThan(SIZES.length);
    return files;
  } finally {
    run("umount", folder.path);
  }
}

const SIZES = [1, 700, 65_537, 900_000, 3 * MIB + 77];

/** Windows left one file of 15 bytes in each of its volumes. */
function fill(volume: string): string {
  using folder = scratch();
  for (const [i, size] of SIZES.entries()) {
    const file = join(folder.path, `file${i}`);
    writeFileSync(file, noise(size, i + 1));
    run("ntfscp", "-q", volume, file, `/file${i}`);
  }
  return volume;
}

interface Place {
  readonly at: number;
  readonly size: number;
}

function gather(disk: string, places: readonly Place[], to: string): string {
  let done = 0;
  emptyImage(
    to,
    places.reduce((sum, { size }) => sum + size, 0),
  );
  for (const { at, size } of places) {
    copyRange(disk, at, to, done, size);
    done += size;
  }
  return to;
}

function scatter(volume: string, disk: string, places: readonly Place[]): void {
  let done = 0;
  for (const { at, size } of places) {
    copyRange(volume, done, disk, at, size);
    done += size;
  }
}

/**
 * All of the disk, but of the volume only what partclone would copy, and what is behind the last
 * whole cluster, where the backup boot sector is.
 */
function expectedExtents(volume: string, places: readonly Place[], diskSize: number, cluster: number): Extent[] {
  const size = places.reduce((sum, place) => sum + place.size, 0);
  const used = ExtentList.union([partcloneExtents("ntfs", volume), [{ start: size - cluster, end: size }]]);
  let done = 0;
  const inside = places.map(({ at, size: length }) => {
    const from = done;
    done += length;
    return [...used]
      .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, from + length) }))
      .filter(({ start, end }) => end > start)
      .map(({ start, end }) => ({ start: start - from + at, end: end - from + at }));
  });
  const around = complement(
    places.map(({ at, size: length }) => ({ start: at, end: at + length })),
    diskSize,
  );
  return [...ExtentList.union([around, ...inside])];
}

const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";

/** Where the volume lies, by sectors: the start of the disk's data and of the volume's partition in it (`ldmtool show`). */
const SIMPLE = [
  ["ldm-2003r2-simple-1.img", "Volume1 (E:)", 63, 0, 96256],
  ["ldm-2003r2-mirrored-1.img", "Volume3 (H:)", 63, 0, 96256],
  ["ldm-2003r2-mirrored-2.img", "Volume3 (H:)", 63, 0, 96256],
  ["ldm-2008r2-mirrored-1.img", "Volume3 (G:)", 63, 65, 32768],
] as const;

test.each(FULL ? SIMPLE : [SIMPLE[0], SIMPLE[3]])(
  "%s: %s is seen through, and is the same from a copy",
  async (name, volume, dataStart, start, size) => {
    using folder = scratch();
    const disk = join(folder.path, "disk");
    copyFileSync(join(disks, name), disk);
    const places = [{ at: (dataStart + start) * 512, size: size * 512 }];
    const before = fill(gather(disk, places, join(folder.path, "before")));
    scatter(before, disk, places);
    const cluster = name.includes("2003") ? 512 : 4096;
    const { region, extents } = await mapDisk(disk);
    const [content, ...others] = region.contents ?? [];
    expect([region.kind, region.mode, others]).toEqual(["disk", "used-blocks", []]);
    expect(content).toMatchObject({ name: volume, mode: "used-blocks", filesystem: { type: "ntfs" } });
    expect([...extents]).toEqual(expectedExtents(before, places, 50 * MIB, cluster));

    const copy = copyMapped(disk, extents, join(folder.path, "copy"));
    const after = gather(copy, places, join(folder.path, "after"));
    expect(check("ntfsfix", "-n", after)).toMatchObject({ status: 0 });
    expect(await filesIn(after)).toEqual(await filesIn(before));
    expect(run("ldmtool", "-d", copy, "scan")).toBe(run("ldmtool", "-d", disk, "scan"));
  },
);

test.each([
  ["ldm-2003r2-raid5-2.img", /^Raid1 \(I:\) is a RAID5: all of its 47 MiB/],
  ["ldm-2003r2-spanned-1.img", /^Volume2 \(F:\) lies partly on other disks/],
  ["ldm-2008r2-striped-2.img", /^Volume2 \(F:\) is striped over disks: all of its 16 MiB here are captured$/],
  ["ldm-2008r2-raid5-1.img", /^Volume4 \(H:\) is a RAID5.*; Volume5 \(I:\) lies partly on other disks/],
])("%s is taken whole", async (name, reason) => {
  const { region, extents } = await mapDisk(join(disks, name));
  expect(region).toMatchObject({ kind: "disk", mode: "raw", reason: expect.stringMatching(reason) });
  expect(extents.bytes).toBe(50 * MIB);
});

/**
 * Windows extends a volume behind another one: its pieces then lie on one disk. Made of the two disks of a spanned
 * volume: the second's piece is put behind the first disk's end, and the database is told so.
 */
function spannedOnOneDisk(folder: string): string {
  const disk = join(folder, "spanned");
  copyFileSync(join(disks, "ldm-2008r2-spanned-1.img"), disk);
  const [end, second] = [102_400, 32_768];
  truncateSync(disk, (end + second) * 512);
  copyRange(join(disks, "ldm-2008r2-spanned-2.img"), (65_570 + 94) * 512, disk, end * 512, second * 512);
  const bytes = readFileSync(disk);
  const u64 = (value: number) => {
    const field = Buffer.alloc(8);
    field.writeBigUInt64BE(BigInt(value));
    return field;
  };
  overwrite(disk, 6 * 512 + 291, u64(end + second - 63));
  const table = Buffer.alloc(4);
  table.writeUInt32LE(end + second - 63);
  overwrite(disk, 446 + 12, table);
  const record = bytes.indexOf(Buffer.from("\bDisk2-01", "latin1"));
  const start = record + 9 + 4 + 8;
  // Its own number, then start, offset in the volume, and three numbers with their lengths: size, component, disk.
  overwrite(disk, start, u64(end - 63));
  const size = start + 16;
  const diskId = size + 1 + (bytes[size] ?? 0) + 2;
  expect([...bytes.subarray(diskId, diskId + 2)]).toEqual([1, 3]);
  overwrite(disk, diskId + 1, Buffer.from([2]));
  return disk;
}

test("a volume in two pieces on one disk is seen through in the right order", async () => {
  using folder = scratch();
  const disk = spannedOnOneDisk(folder.path);
  const places = [
    { at: (63 + 65) * 512, size: 96_256 * 512 },
    { at: 102_400 * 512, size: 32_768 * 512 },
  ];
  const before = fill(gather(disk, places, join(folder.path, "before")));
  scatter(before, disk, places);
  const { region, extents } = await mapDisk(disk);
  expect(region).toMatchObject({
    mode: "used-blocks",
    contents: [{ name: "Volume1 (E:)", size: 129_024 * 512, mode: "used-blocks", filesystem: { type: "ntfs" } }],
  });
  expect([...extents]).toEqual(expectedExtents(before, places, 135_168 * 512, 4096));
  const copy = copyMapped(disk, extents, join(folder.path, "copy"));
  expect(await filesIn(gather(copy, places, join(folder.path, "after")))).toEqual(await filesIn(before));
});

test("a disk whose database is damaged is taken whole, with the reason", async () => {
  using folder = scratch();
  const disk = join(folder.path, "disk");
  copyFileSync(join(disks, "ldm-2003r2-simple-1.img"), disk);
  const config = 100_352 * 512;
  overwrite(disk, config, Buffer.alloc(MIB));
  const { region, extents } = await mapDisk(disk);
  expect(region).toMatchObject({ mode: "raw", reason: expect.stringMatching(/Windows dynamic disk, and .*ldmtool/) });
  expect(extents.bytes).toBe(50 * MIB);
});
