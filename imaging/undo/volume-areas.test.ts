import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import type { Filesystem, FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { volumeAreas } from "#imaging/undo/volume-areas.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MIB = 1 << 20;
const filesystem = (type: FilesystemType): Filesystem => ({
  ...{ type, uuid: undefined, label: undefined },
  ...{ blockSize: 512, size: 32 * MIB, warnings: [] },
});
const savedOf = async (type: FilesystemType | undefined, size = 32 * MIB) => {
  const areas = await volumeAreas(memoryDevice(size), type && filesystem(type), "partition 1");
  return ExtentList.union(areas.map(({ extents }) => extents));
};

test("of a volume of an unknown kind its ends are saved", async () => {
  expect([...(await savedOf(undefined))]).toEqual([
    { start: 0, end: MIB },
    { start: 31 * MIB, end: 32 * MIB },
  ]);
  expect([...(await savedOf(undefined, MIB / 2))]).toEqual([{ start: 0, end: MIB / 2 }]);
});

test("a LUKS header that is damaged is saved as it is", async () => {
  expect((await savedOf("crypto_LUKS")).covers(0, 16 * MIB)).toBe(true);
});

test.each([
  "ext4",
  "xfs",
  "btrfs",
  "ntfs",
  "vfat",
  "exfat",
  "f2fs",
  "LVM2_member",
  "BitLocker",
  "linux_raid_member",
] as const)(
  "%s that cannot be read any more: what lies where all begin, and nothing outside of the volume",
  async (type) => {
    const saved = await savedOf(type);
    expect(saved.covers(0, 4 * MIB)).toBe(true);
    expect(saved.at(saved.length - 1).end).toBe(32 * MIB);
  },
);
