import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { withGptHeader } from "#imaging/disk/gpt.ts";
import { type PartitionTable, placeTable, readPartitionTable } from "#imaging/disk/partition-table.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { gptDisk, written } from "#test/engine/disk/small-disks.ts";

const read = (disk: Uint8Array) => readPartitionTable(memoryDevice(disk));
const codes = (table: PartitionTable) => table.problems.map((p) => p.code);

test("a backup that names the primary's entries as its own is placed before the last LBA", async () => {
  const disk = gptDisk();
  const at = 159 * 512;
  disk.set(withGptHeader(disk.slice(at, at + 512), { entriesLba: 2 }), at);
  const broken = disk.slice();
  broken.fill(0xff, 512, 513);
  const table = await read(broken);
  expect(codes(table)).toEqual(["GPT_PRIMARY_DAMAGED"]);
  const again = await read(written(placeTable(table, disk.length), disk.length));
  expect(codes(again)).toEqual([]);
  expect(again.partitions).toEqual(table.partitions);
});

test("an unused entry may hold anything", async () => {
  const disk = gptDisk({ partitions: [[40, 79]] });
  const entry = disk.subarray(1024 + 128, 1024 + 256);
  entry.fill(0xff, 16);
  const header = { entriesCrc32: crc32(disk.subarray(1024, 1024 + 8 * 128)) };
  disk.set(withGptHeader(disk.slice(512, 1024), header), 512);
  const table = await read(disk);
  expect(codes(table)).toEqual(["GPT_COPIES_DIFFER"]);
  expect(table.partitions).toHaveLength(1);
});

test("nothing is read before the start of a disk that has not one sector of the other size", async () => {
  const disk = memoryDevice(gptDisk().slice(0, 600));
  const offsets: number[] = [];
  const watched = {
    path: disk.path,
    size: disk.size,
    sectorSize: disk.sectorSize,
    read(into: Uint8Array, offset: number) {
      offsets.push(offset);
      return disk.read(into, offset);
    },
  };
  await expect(readPartitionTable(watched)).rejects.toMatchObject({ code: "TABLE_DAMAGED" });
  expect(Math.min(...offsets)).toBe(0);
});
