import { expect, test } from "vitest";
import { mapVolume } from "#imaging/volume/map-volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { superblock0, superblock1 } from "#test/engine/volume/raid-member.ts";

const MIB = 1 << 20;
const RAID = {
  type: "linux_raid_member",
  uuid: undefined,
  label: undefined,
  blockSize: 512,
  size: 2 * MIB,
  warnings: [],
} as const;
const mapBytes = (bytes: Uint8Array) => mapVolume(memoryDevice(bytes), RAID, { keys: [] });

function member(superblock: Uint8Array, at: number): Uint8Array {
  const disk = new Uint8Array(2 * MIB);
  disk.set(superblock, at);
  return disk;
}

test.each([
  ["version 1.2", member(superblock1({ size: 2048, dataOffset: 1024, superOffset: 8 }), 4096), 4096, 260],
  ["version 0.90", member(superblock0(1024), 2 * MIB - 65536), 2 * MIB - 65536, 4096],
])("every flipped byte of a superblock of %s is noticed", async (_name, disk, at, length) => {
  expect((await mapBytes(disk)).mode).toBe("used-blocks");
  for (let i = at; i < at + length; i += length > 1000 ? 7 : 1) {
    disk[i] = (disk[i] ?? 0) ^ 0x41;
    expect(await mapBytes(disk)).toMatchObject({ mode: "raw", reason: expect.any(String) });
    disk[i] = (disk[i] ?? 0) ^ 0x41;
  }
});

test("a list of members without end is not read", async () => {
  const disk = member(superblock1({ size: 2048, dataOffset: 1024, superOffset: 8 }), 4096);
  new DataView(disk.buffer).setUint32(4096 + 220, 0xffff_ffff, true);
  expect(await mapBytes(disk)).toMatchObject({ mode: "raw", reason: expect.stringContaining("no end") });
});

test("a volume that is too small for any superblock is no error", async () => {
  for (const size of [0, 1, 512, 4096, 65535])
    expect(await mapBytes(new Uint8Array(size))).toMatchObject({
      mode: "raw",
      reason: expect.stringContaining("none"),
    });
});

test("an array's name cannot steer the terminal", async () => {
  const options = { size: 2048, dataOffset: 1024, superOffset: 8 };
  const superblock = superblock1({ ...options, name: "a\x1b[2J\nb" });
  expect((await mapBytes(member(superblock, 4096))).contents[0]?.name).toBe("a\ufffd[2J\ufffdb");
});
