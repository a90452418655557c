import { join } from "node:path";
import { expect, test } from "vitest";
import { check, copyMapped, emptyImage, scratch } from "#test/engine/filesystem/volume-image.ts";
import { noise } from "#test/engine/image/workspace.ts";
import {
  BITMAP_OFFSET,
  bitmapHead,
  examine,
  type MemberOptions,
  superblock0,
  superblock1,
  writeAt,
} from "#test/engine/volume/raid-member.ts";
import { filesIn, mapFile, sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { copyRange, VolumeGroup } from "#test/engine/volume/volume-group.ts";

const MIB = 1 << 20;
const SIZE = 32 * MIB;
const LAST = Math.floor((SIZE / 512 - 16) / 8) * 8;

interface Version {
  readonly name: string;
  /** Sectors. */
  readonly superOffset: number;
  readonly dataOffset: number;
  readonly size: number;
}
const VERSIONS: readonly Version[] = [
  { name: "1.0", superOffset: LAST, dataOffset: 0, size: 30 * 2048 },
  { name: "1.1", superOffset: 0, dataOffset: 2048, size: 30 * 2048 },
  { name: "1.2", superOffset: 8, dataOffset: 2048, size: 30 * 2048 },
];
const VERSION_12 = VERSIONS[2] as Version;

/** A member whose data is an ext4, with noise everywhere around it. */
function makeMember(folder: string, { name: _, ...place }: Version, options: Partial<MemberOptions> = {}) {
  const content = sampleExt4(join(folder, "content"), place.size * 512, 1024);
  const file = emptyImage(join(folder, "member"), SIZE);
  writeAt(file, 0, noise(MIB, 3));
  writeAt(file, SIZE - MIB, noise(MIB, 5));
  copyRange(content, 0, file, place.dataOffset * 512, place.size * 512);
  writeAt(file, place.superOffset * 512, superblock1({ ...place, ...options }));
  writeAt(file, (place.superOffset + BITMAP_OFFSET) * 512, bitmapHead(place.size));
  return { file, content };
}

test.each(VERSIONS)("a mirror's member of version $name is seen through", async (version) => {
  using folder = scratch();
  const { file, content } = makeMember(folder.path, version, { features: 1 });
  expect(examine(file)).toMatch(
    /Raid Level : raid1[\s\S]*State : clean[\s\S]*Internal Bitmap[\s\S]*Checksum : \w+ - correct[\s\S]*Active device 0/,
  );
  const map = await mapFile(file);
  expect(map).toMatchObject({ mode: "used-blocks", contents: [{ name: "host:data", filesystem: { type: "ext4" } }] });
  const inner = (await mapFile(content)).extents.bytes;
  expect(map.extents.bytes).toBe(2 * MIB + inner);
  const copy = copyMapped(file, map.extents, join(folder.path, "copy"));
  expect(examine(copy).replaceAll(copy, file)).toBe(examine(file));
  const restored = emptyImage(join(folder.path, "restored"), version.size * 512);
  copyRange(copy, version.dataOffset * 512, restored, 0, version.size * 512);
  expect(check("e2fsck", "-fn", restored)).toMatchObject({ status: 0 });
  expect(filesIn(restored)).toEqual(filesIn(content));
});

test("a mirror's member of version 0.90 is seen through", async () => {
  using folder = scratch();
  const size = SIZE - 65536;
  const content = sampleExt4(join(folder.path, "content"), size, 1024);
  const file = emptyImage(join(folder.path, "member"), SIZE);
  copyRange(content, 0, file, 0, size);
  writeAt(file, size, superblock0(size / 1024));
  expect(examine(file)).toMatch(/Raid Level : raid1[\s\S]*State : clean[\s\S]*Checksum : \w+ - correct/);
  const map = await mapFile(file);
  expect(map).toMatchObject({ mode: "used-blocks", contents: [{ name: "md3", filesystem: { type: "ext4" } }] });
  expect(map.extents.bytes).toBe((await mapFile(content)).extents.bytes + 65536);
  const copy = copyMapped(file, map.extents, join(folder.path, "copy"));
  expect(check("e2fsck", "-fn", copy)).toMatchObject({ status: 0 });
  expect(filesIn(copy)).toEqual(filesIn(content));
});

test.each<[string, Partial<MemberOptions>, RegExp, RegExp]>([
  ["of a RAID5", { level: 5, raidDisks: 3, roles: [0, 1, 2] }, /raid5/, /member of the RAID5 array host:data/],
  ["of a RAID0", { level: 0 }, /raid0/, /RAID0 array/],
  ["of a linear array", { level: -1 }, /linear/, /linear array/],
  ["of a RAID10", { level: 10 }, /raid10/, /RAID10 array/],
  ["that is a spare", { roles: [0xffff, 0, 1] }, /spare/, /spare/],
  ["that is faulty", { roles: [0xfffe, 0, 1] }, /raid1/, /not a part of it/],
  ["that was being rebuilt", { features: 2 }, /Recovery Offset/, /being rebuilt/],
  ["that was being reshaped", { features: 4 }, /Reshape/, /reshaped/],
  ["with bad blocks", { features: 8 }, /raid1/, /bad blocks/],
  ["with a feature of the future", { features: 1 << 20 }, /raid1/, /feature that is not known/],
  ["that was not stopped", { resyncOffset: 0n }, /State : active/, /not in sync, or not stopped/],
  ["of an array that lacks the other", { roles: [0, 0xfffe] }, /raid1/, /was missing/],
  ["with data behind its end", { size: 40 * 2048 }, /raid1/, /outside the partition/],
  ["with data over its superblock", { dataOffset: 8 }, /raid1/, /covers its superblock/],
])("a member %s is taken raw", async (_name, options, mdadm, reason) => {
  using folder = scratch();
  const file = emptyImage(join(folder.path, "member"), SIZE);
  const { name: _version, ...place } = VERSION_12;
  writeAt(file, 4096, superblock1({ ...place, ...options }));
  expect(examine(file)).toMatch(mdadm);
  expect(examine(file)).toMatch(/Checksum : \w+ - correct/);
  expect(await mapFile(file)).toMatchObject({ mode: "raw", reason: expect.stringMatching(reason) });
});

test.each<[string, Parameters<typeof superblock0>, RegExp]>([
  ["not stopped", [1024, 0], /not stopped/],
  ["a spare", [1024, 1, [2, 6]], /spare/],
  ["not in sync", [1024, 1, [0, 2]], /rebuilt/],
  ["without the other", [1024, 1, [0, 6], 1], /missing/],
])("a member of version 0.90 that is %s is taken raw", async (_name, fields, reason) => {
  using folder = scratch();
  const file = emptyImage(join(folder.path, "member"), 8 * MIB);
  writeAt(file, 8 * MIB - 65536, superblock0(...fields));
  expect(examine(file)).toMatch(/Checksum : \w+ - correct/);
  expect(await mapFile(file)).toMatchObject({ mode: "raw", reason: expect.stringMatching(reason) });
});

test("a wrong checksum, and superblocks of two arrays, are taken raw", async () => {
  using folder = scratch();
  const { file } = makeMember(folder.path, VERSION_12);
  writeAt(file, 4096 + 64, Buffer.from([1]));
  expect(examine(file)).toMatch(/expected/);
  expect(await mapFile(file)).toMatchObject({ mode: "raw", reason: expect.stringContaining("checksum is wrong") });
  const { name: _, ...place } = VERSION_12;
  writeAt(file, 4096, superblock1(place));
  expect(await mapFile(file)).toMatchObject({ mode: "used-blocks" });
  writeAt(file, SIZE - 65536, superblock0(1024));
  expect(await mapFile(file)).toMatchObject({ mode: "raw", reason: expect.stringContaining("two Linux RAID") });
});

test("LVM on a mirror, as installers make it, is seen through to its files", async () => {
  using folder = scratch();
  const content = sampleExt4(join(folder.path, "content"), 20 * MIB, 1024);
  {
    await using group = await VolumeGroup.make(folder.path, [30 * MIB]);
    await group.create("root", 20);
    await group.fill("root", content);
  }
  const file = emptyImage(join(folder.path, "member"), SIZE);
  const { name: _, ...place } = VERSION_12;
  copyRange(join(folder.path, "pv0"), 0, file, place.dataOffset * 512, place.size * 512);
  writeAt(file, 4096, superblock1(place));
  const map = await mapFile(file);
  expect(map.contents.map(({ name, mode }) => [name, mode])).toEqual([
    ["host:data", "used-blocks"],
    ["host:data > vg0/root", "used-blocks"],
  ]);
  const copy = copyMapped(file, map.extents, join(folder.path, "copy"));
  const root = emptyImage(join(folder.path, "root"), 20 * MIB);
  copyRange(copy, place.dataOffset * 512 + MIB, root, 0, 20 * MIB);
  expect(filesIn(root)).toEqual(filesIn(content));
  expect(map.extents.bytes).toBeLessThan(15 * MIB);
});

test("a mirror under whose start an older or newer file system shows is taken raw", async () => {
  using folder = scratch();
  const { file, content } = makeMember(folder.path, VERSION_12);
  copyRange(content, 1024, file, 1024, 1024);
  expect(await mapFile(file)).toMatchObject({ mode: "raw", reason: expect.stringContaining("Linux RAID and of ext4") });
});
