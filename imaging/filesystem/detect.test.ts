import { describe, expect, it } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const SIZE = 1 << 20;

const volumeWith = (...parts: [number, string | number[]][]) => {
  const volume = memoryDevice(SIZE);
  for (const [at, part] of parts) volume.bytes.set(typeof part === "string" ? Buffer.from(part, "latin1") : part, at);
  return volume;
};

const RAID = [0xfc, 0x4e, 0x2b, 0xa9];
const BCACHE = [0xc6, 0x85, 0x73, 0xf6, 0x4e, 0x1a, 0x45, 0xca, 0x82, 0x65, 0xf5, 0x7f, 0x48, 0xba, 0x6d, 0x81];
const last64K = SIZE - 65536;
/** Sector of a version 1.0 superblock: 8 KiB before the end. */
const raidEnd = SIZE / 512 - 16;

describe("detectFilesystem", () => {
  it.each([
    ["crypto_LUKS", volumeWith([0, "LUKS\xba\xbe\0\x02"], [168, "uuid-of-luks"]), "uuid-of-luks"],
    [
      "LVM2_member",
      volumeWith([512, "LABELONE"], [532, [32]], [536, "LVM2 001"], [544, "aaaaaabbbbccccddddeeeeffffgggggg"]),
      "aaaaaa-bbbb-cccc-dddd-eeee-ffff-gggggg",
    ],
    ["zfs_member", volumeWith([129 * 1024, [0x0c, 0xb1, 0xba]]), undefined],
    ["zfs_member", volumeWith([384 * 1024 + 4, [0, 0xba, 0xb1, 0x0c]]), undefined],
    ["bcache", volumeWith([4120, BCACHE], [4136, [0xab]]), "ab000000-0000-0000-0000-000000000000"],
    ["drbd", volumeWith([SIZE - 4096 + 60, [0x83, 0x74, 0x02, 0x6d]]), undefined],
    ["BitLocker", volumeWith([3, "-FVE-FS-"]), undefined],
    ["ReFS", volumeWith([0, "\0\0\0ReFS\0"], [56, [0xef]]), "00000000000000EF"],
    ["apfs", volumeWith([32, "NXSB"], [72, [0xab]]), "ab000000-0000-0000-0000-000000000000"],
    ["hfsplus", volumeWith([1024, "H+\0\x04"]), undefined],
    ["iso9660", volumeWith([32769, "CD001"], [33598, "2026112213140500"]), "2026-11-22-13-14-05-00"],
    ["squashfs", volumeWith([0, "hsqs"]), undefined],
    ["linux_raid_member", volumeWith([0, [...RAID, 1]], [16, [0xab]]), "ab000000-0000-0000-0000-000000000000"],
    [
      "linux_raid_member",
      volumeWith([4096, [...RAID, 1]], [4240, [8]], [4112, [1]]),
      "01000000-0000-0000-0000-000000000000",
    ],
    [
      "linux_raid_member",
      volumeWith([raidEnd * 512, [...RAID, 1]], [raidEnd * 512 + 144, [raidEnd & 0xff, raidEnd >> 8]]),
      "00000000-0000-0000-0000-000000000000",
    ],
    [
      "linux_raid_member",
      volumeWith([last64K, [...RAID, 0, 0, 0, 0, 90]], [last64K + 20, [4, 3, 2, 1]], [last64K + 52, [8, 7, 6, 5]]),
      "04030201-0807-0605-0000-000000000000",
    ],
  ])("names %s, and captures it raw with a reason", async (type, volume, uuid) => {
    const found = (await detectFilesystem(volume)) as Filesystem;
    expect(found).toMatchObject({ type, uuid, size: SIZE, warnings: [] });
    const map = await mapUsedBlocks(volume, found);
    expect(map).toMatchObject({ mode: "raw", reason: expect.stringMatching(/\w/) });
    expect([...map.extents]).toEqual([{ start: 0, end: SIZE }]);
  });

  it.each([
    ["ReFS", volumeWith([0, "\0\0\0ReFS\0"])],
    ["APFS", volumeWith([32, "NXSB"])],
    ["HFS+", volumeWith([1024, "H+\0\x04"])],
  ])("says of %s in a sentence why all of it is captured", async (name, volume) => {
    const map = await mapUsedBlocks(volume, (await detectFilesystem(volume)) as Filesystem);
    expect(map).toMatchObject({ reason: `Lifeboat does not read ${name}: all of the partition is captured` });
  });

  it("knows a RAID member by its place: a superblock that was copied elsewhere is none", async () =>
    expect(await detectFilesystem(volumeWith([4096, [...RAID, 1]], [4240, [9]]))).toBeUndefined());

  it.each([0, 1, 511, 512, 1500, 4096, SIZE])("finds nothing in %i bytes of zeros, ones or noise", async (size) => {
    const noise = Uint8Array.from({ length: size }, (_, i) => Math.imul(i + size, 2654435761) >>> 13);
    for (const bytes of [new Uint8Array(size), new Uint8Array(size).fill(0xff), noise])
      expect(await detectFilesystem(memoryDevice(bytes))).toBeUndefined();
  });

  it("takes unreadable sectors for unknown, and passes on all other errors", async () => {
    const failing = (error: Error) => ({ ...memoryDevice(SIZE), read: () => Promise.reject(error) });
    const bad = new LifeboatError("READ_FAILED", { device: "mem:0", offset: 0, reason: "EIO" });
    expect(await detectFilesystem(failing(bad))).toBeUndefined();
    await expect(detectFilesystem(failing(new TypeError("a bug of ours")))).rejects.toThrow("a bug of ours");
  });
});
