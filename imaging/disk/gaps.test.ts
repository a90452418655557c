import { expect, test } from "vitest";
import { bootGaps, endOfDisk } from "#imaging/disk/gaps.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { gptDisk, mbrDisk } from "#test/engine/disk/small-disks.ts";

async function gapsOf(disk: Uint8Array, size = disk.length) {
  const table = await readPartitionTable(memoryDevice(disk));
  return bootGaps(table, size).map((gap) => [gap.start / 512, gap.end / 512]);
}

test("GPT: from the end of the entries to the first partition, wherever its number puts it", async () => {
  expect(await gapsOf(gptDisk())).toEqual([[4, 40]]);
  const swapped = gptDisk({
    partitions: [
      [80, 120],
      [50, 60],
    ],
  });
  expect(await gapsOf(swapped)).toEqual([[4, 50]]);
});

test("MBR: the sectors behind LBA 0, and behind each EBR up to its logical partition", async () => {
  expect(await gapsOf(mbrDisk())).toEqual([
    [1, 8],
    [65, 66],
    [83, 84],
    [101, 102],
  ]);
});

test("a disk without partitions has at most 16 MiB of gap, one without a table none", async () => {
  expect(await gapsOf(gptDisk({ partitions: [], lbas: 60_000 }))).toEqual([[4, 4 + 32768]]);
  expect(await gapsOf(new Uint8Array(512 * 100))).toEqual([]);
});

async function endsOf(disk: Uint8Array, size = disk.length) {
  const table = await readPartitionTable(memoryDevice(disk.subarray(0, size)));
  return endOfDisk(table, size).map((gap) => [gap.start / 512, gap.end / 512]);
}

/** Disks of more than a MiB, so that their end does not meet their start. */
const LBAS = 8192;

test("the last MiB, without partitions, a GPT and its backup's place", async () => {
  const partitions = [
    [64, 99],
    [7000, 7499],
  ] as const;
  const disk = gptDisk({ lbas: LBAS, partitions });
  expect(await endsOf(disk)).toEqual([
    [LBAS - 2048, 7000],
    [7500, LBAS - 3],
  ]);
  disk.fill(0, disk.length - 512);
  expect(await endsOf(disk)).toEqual([
    [LBAS - 2048, 7000],
    [7500, LBAS - 3],
  ]);
  const grown = new Uint8Array(disk.length + 4096 * 512);
  grown.set(gptDisk({ lbas: LBAS, partitions }));
  expect(await endsOf(grown)).toEqual([[LBAS + 2048, LBAS + 4096 - 3]]);
});

test("the last MiB of an MBR disk up to its very end, and nothing twice", async () => {
  const disk = mbrDisk(512, LBAS);
  expect(await endsOf(disk)).toEqual([[LBAS - 2048, LBAS]]);
  expect(await endsOf(mbrDisk())).toEqual([
    [28, 30],
    [40, 64],
    [118, 160],
  ]);
  expect(await endsOf(new Uint8Array(512 * 100))).toEqual([]);
});
