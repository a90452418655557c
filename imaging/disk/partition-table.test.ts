import { describe, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { gptHeader, withGptHeader } from "#imaging/disk/gpt.ts";
import { withMbrEntry } from "#imaging/disk/mbr.ts";
import {
  minimumTargetSize,
  type PartitionTable,
  placeTable,
  readPartitionTable,
  tableExtentsToErase,
} from "#imaging/disk/partition-table.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { DISK_GUID, gptDisk, mbrDisk, only, written } from "#test/engine/disk/small-disks.ts";

const read = (disk: Uint8Array, sectorSize = 512) => readPartitionTable(memoryDevice(disk, sectorSize));
const codes = (table: PartitionTable) => table.problems.map((p) => p.code);
/** toEqual walks typed arrays element by element, which takes seconds for a disk. */
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const damaged = (disk: Uint8Array, at: number): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(disk);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
};
const record = { bootIndicator: 0, startChs: new Uint8Array(3), endChs: new Uint8Array(3) };
const error = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (e: unknown) => e,
  );

describe("GPT", () => {
  test("partitions are read with number, name, GUID and attributes", async () => {
    const table = await read(gptDisk());
    expect(table).toMatchObject({
      type: "gpt",
      diskId: DISK_GUID,
      problems: [],
      usable: { start: 2048, end: 157 * 512 },
    });
    expect(table.partitions[0]).toEqual({
      number: 1,
      start: 40 * 512,
      size: 40 * 512,
      type: "0fc63daf-8483-4772-8e79-3d69d8477de4",
      name: "part 1 ü",
      guid: "00000001-1111-4222-8333-444455556666",
      active: true,
      role: "primary",
      attributes: "0x8000000000000005",
    });
    expect(table.metadata).toEqual([
      { start: 0, end: 4 * 512 },
      { start: 157 * 512, end: 160 * 512 },
    ]);
  });

  test.each([
    { sectorSize: 512 },
    { sectorSize: 4096 },
    { entrySize: 256, entryCount: 5 },
    { sectorSize: 4096, entryCount: 3 },
  ])("an undamaged table comes out bit by bit at the same size: %o", async (options) => {
    const disk = gptDisk(options);
    const table = await read(disk, options.sectorSize);
    expect(table.problems).toEqual([]);
    expect(table.partitions.map((p) => p.number)).toEqual([1, 2]);
    expect(same(written(placeTable(table, disk.length), disk.length), disk)).toBe(true);
  });

  test("a header longer than 92 bytes is checked and written over its whole length", async () => {
    const disk = gptDisk();
    for (const lba of [1, 159]) {
      const sector = disk.slice(lba * 512, lba * 512 + 512);
      sector.fill(0x5a, 92, 128);
      disk.set(withGptHeader(sector, { headerSize: 128 }), lba * 512);
    }
    const table = await read(disk);
    expect(table.problems).toEqual([]);
    expect(same(written(placeTable(table, disk.length), disk.length), disk)).toBe(true);
    expect(codes(await read(damaged(disk, 512 + 100)))).toEqual(["GPT_PRIMARY_DAMAGED"]);
  });

  test.each([512, 4096])("a bigger disk of %i-byte sectors gets the backup at its end", async (sectorSize) => {
    const table = await read(gptDisk({ sectorSize }), sectorSize);
    const bigger = written(placeTable(table, 500 * sectorSize + 100), 500 * sectorSize + 100);
    const again = await read(bigger, sectorSize);
    expect(again.problems).toEqual([]);
    expect(again.partitions).toEqual(table.partitions);
    expect(again.metadata.at(-1)?.end).toBe(500 * sectorSize);
    expect(again.usable.end).toBeGreaterThan(table.usable.end);
    expect(bigger.slice(0, 446)).toEqual(gptDisk({ sectorSize }).slice(0, 446));
    expect(new DataView(bigger.buffer).getUint32(446 + 12, true)).toBe(499);
  });

  test("a smaller disk does as long as the partitions fit", async () => {
    const table = await read(gptDisk());
    const least = minimumTargetSize(table);
    expect(least).toBe((121 + 3) * 512);
    const again = await read(written(placeTable(table, least), least));
    expect(again.problems).toEqual([]);
    expect(again.partitions).toEqual(table.partitions);
    for (const size of [least - 1, least - 512, 512, 0])
      expect(() => placeTable(table, size)).toThrow(/TARGET_TOO_SMALL.*have|TARGET_TOO_SMALL/);
  });

  test("sector 0 is written last, and before it the disk has no table that Linux accepts", async () => {
    const writes = placeTable(await read(gptDisk()), 160 * 512);
    expect(writes.map((w) => w.what)).toEqual([
      "backup GPT entries",
      "backup GPT header",
      "primary GPT entries",
      "primary GPT header",
      "protective MBR",
    ]);
    const interrupted = await read(written(writes.slice(0, -1), 160 * 512));
    expect(codes(interrupted)).toEqual(["GPT_PROTECTIVE_MBR_MISSING"]);
  });

  test("any single flipped byte of either copy is repaired to the bit from the other", async () => {
    const disk = gptDisk();
    const sound = await read(disk);
    for (const [from, code] of [
      [512, "GPT_PRIMARY_DAMAGED"],
      [159 * 512, "GPT_BACKUP_DAMAGED"],
    ] as const) {
      const entriesAt = from === 512 ? 1024 : 157 * 512;
      const covered = [...range(from, from + 92), ...range(entriesAt, entriesAt + 1024)];
      for (const at of covered) {
        const table = await read(damaged(disk, at));
        expect(codes(table), `byte ${at}`).toEqual([code]);
        expect(table.partitions).toEqual(sound.partitions);
        expect(same(written(placeTable(table, disk.length), damaged(disk, at)), disk), `byte ${at}`).toBe(true);
      }
    }
  });

  test("a backup left behind when the disk grew is found and moved", async () => {
    const grown = new Uint8Array(300 * 512);
    grown.set(gptDisk());
    const table = await read(grown);
    expect(codes(table)).toEqual(["GPT_BACKUP_MISPLACED"]);
    const moved = written(placeTable(table, grown.length), grown);
    expect(codes(await read(moved))).toEqual([]);
    expect(new DataView(moved.buffer).getUint32(446 + 12, true)).toBe(299);
    expect(same(written(placeTable(table, 160 * 512), 160 * 512), gptDisk())).toBe(true);
  });

  test("a primary that points at nothing still has its backup in the last LBA", async () => {
    const disk = gptDisk();
    disk.set(withGptHeader(disk.slice(512, 1024), { alternateLba: 90 }), 512);
    const table = await read(disk);
    expect(codes(table)).toEqual([]);
    expect(same(written(placeTable(table, disk.length), disk), gptDisk())).toBe(true);
  });

  test("copies that differ are reported and the primary wins", async () => {
    const disk = gptDisk({ partitions: [[40, 50]] });
    disk.set(gptDisk().subarray(157 * 512), 157 * 512);
    const table = await read(disk);
    expect(codes(table)).toEqual(["GPT_COPIES_DIFFER"]);
    expect(table.partitions).toHaveLength(1);
    expect(same(written(placeTable(table, disk.length), disk), gptDisk({ partitions: [[40, 50]] }))).toBe(true);
  });

  test("a header that says it is elsewhere is no copy, whatever its checksum", async () => {
    const disk = gptDisk();
    disk.copyWithin(159 * 512, 512, 1024);
    expect(codes(await read(disk))).toEqual(["GPT_BACKUP_DAMAGED"]);
  });

  test("a hybrid MBR is recognised and kept", async () => {
    const disk = gptDisk();
    disk.set(withMbrEntry(disk.slice(0, 512), 0, { ...record, type: 0xee, startLba: 1, sizeLba: 39 }));
    disk.set(withMbrEntry(disk.slice(0, 512), 1, { ...record, type: 0x83, startLba: 40, sizeLba: 40 }));
    const table = await read(disk);
    expect(codes(table)).toEqual(["HYBRID_MBR"]);
    expect(written(placeTable(table, 300 * 512), 300 * 512).slice(0, 512)).toEqual(disk.slice(0, 512));
  });

  test("a wiped sector 0 is made anew; beside an MBR with partitions a GPT is only a leftover", async () => {
    const wiped = gptDisk().fill(0, 440, 512);
    const table = await read(wiped);
    expect(codes(table)).toEqual(["GPT_PROTECTIVE_MBR_MISSING"]);
    expect(codes(await read(written(placeTable(table, wiped.length), wiped)))).toEqual([]);
    const reused = gptDisk();
    reused.set(mbrDisk().subarray(0, 512));
    expect((await read(reused)).type).toBe("mbr");
  });

  test("both copies bad is TABLE_DAMAGED and names both", async () => {
    const caught = await error(read(damaged(damaged(gptDisk(), 540), 159 * 512 + 30)));
    expect(isLifeboatError(caught, "TABLE_DAMAGED") && caught.details.problem).toMatch(/primary: .*; backup: /);
  });

  test("a GPT made for the other sector size is named", async () => {
    const caught = await error(read(gptDisk({ sectorSize: 4096 }), 512));
    expect(String(caught)).toContain("4096 bytes");
  });

  test("partitions that overlap, leave the disk or cover the table are reported", async () => {
    const table = await read(
      gptDisk({
        partitions: [
          [40, 80],
          [80, 90],
          [3, 5],
          [150, 170],
          [100, 99],
        ],
      }),
    );
    expect(codes(table).toSorted()).toEqual(
      [
        "PARTITIONS_OVERLAP",
        "PARTITION_BEYOND_END",
        "PARTITION_INVALID",
        "PARTITION_OVER_TABLE",
        "PARTITION_OVER_TABLE",
      ].toSorted(),
    );
    expect(table.problems.map((p) => p.text)).toContain("Partition 4 ends at LBA 170, the disk at LBA 159.");
    expect(() => placeTable(table, 160 * 512)).toThrow("TARGET_TOO_SMALL");
  });

  test("extreme header values with a right checksum never escape the error catalogue", async () => {
    const values = [0, 1, 2, 127, 159, 160, 0xffffffff, 2 ** 40, Number.MAX_SAFE_INTEGER];
    for (const name of Object.keys(gptHeader.fields)) {
      const field = gptHeader.fields[name as keyof typeof gptHeader.fields];
      if (field.type !== "u32 LE" && field.type !== "u64 LE") continue;
      for (const value of values.filter((v) => field.size === 8 || v <= 0xffffffff)) {
        const disk = gptDisk();
        for (const lba of [1, 159]) {
          const sector = disk.slice(lba * 512, lba * 512 + 512);
          disk.set(withGptHeader(sector, { [name]: value }), lba * 512);
        }
        await survives(disk);
      }
    }
  });
});

describe("MBR", () => {
  test("logicals are numbered from 5 and placed relative to their records", async () => {
    const table = await read(mbrDisk());
    expect(table).toMatchObject({ type: "mbr", diskId: "1234abcd", problems: [] });
    expect(table.partitions.map((p) => [p.number, p.start / 512, p.size / 512, p.type, p.role, p.active])).toEqual([
      [1, 8, 20, "0x83", "primary", true],
      [2, 64, 90, "0x0f", "extended", false],
      [4, 30, 10, "0x07", "primary", false],
      [5, 66, 16, "0x83", "logical", false],
      [6, 84, 16, "0x83", "logical", false],
      [7, 102, 16, "0x83", "logical", false],
    ]);
    expect(table.partitions.at(-1)?.guid).toBe("1234abcd-07");
    expect(table.metadata.map((m) => m.start / 512)).toEqual([0, 64, 82, 100]);
  });

  test.each([512, 4096])("placed on a bigger disk of %i-byte sectors it is the same to the bit", async (sectorSize) => {
    const table = await read(mbrDisk(sectorSize), sectorSize);
    const writes = placeTable(table, 300 * sectorSize);
    expect(same(written(writes, 160 * sectorSize), mbrDisk(sectorSize))).toBe(true);
    expect(writes.map((w) => w.what)).toEqual([
      "EBR of partition 5",
      "EBR of partition 6",
      "EBR of partition 7",
      "MBR",
    ]);
    expect(minimumTargetSize(table)).toBe(154 * sectorSize);
    expect(() => placeTable(table, 153 * sectorSize)).toThrow("TARGET_TOO_SMALL");
  });

  test("a chain that returns to itself is TABLE_DAMAGED", async () => {
    const disk = mbrDisk();
    const ebr = withMbrEntry(disk.slice(100 * 512, 101 * 512), 1, { ...record, type: 5, startLba: 18, sizeLba: 18 });
    disk.set(ebr, 100 * 512);
    const caught = await error(read(disk));
    expect(isLifeboatError(caught, "TABLE_DAMAGED") && caught.details.problem).toContain("returns to LBA 82");
  });

  test("a chain that goes on for ever forward is TABLE_DAMAGED", async () => {
    const disk = new Uint8Array(400 * 512);
    disk.set(mbrDisk());
    for (let lba = 64; lba < 399; lba++)
      disk.set(
        withMbrEntry(new Uint8Array(512), 1, { ...record, type: 5, startLba: lba + 1 - 64, sizeLba: 1 }),
        lba * 512,
      );
    expect(String(await error(read(disk)))).toContain("more than 256");
  });

  test("a broken link ends the chain and is reported", async () => {
    const table = await read(mbrDisk().fill(0, 82 * 512, 83 * 512));
    expect(codes(table)).toEqual(["EBR_DAMAGED"]);
    expect(table.partitions.filter((p) => p.role === "logical")).toHaveLength(1);
  });

  test("an extended partition may start in LBA 1, and not in LBA 0", async () => {
    const disk = (startLba: number) => {
      const table = withMbrEntry(mbrDisk().fill(0, 446, 510), 2, { ...record, type: 5, startLba, sizeLba: 60 });
      return table.fill(0, 512, 1022).fill(0x55, 1022, 1023).fill(0xaa, 1023, 1024);
    };
    expect(codes(await read(disk(1)))).toEqual([]);
    expect(codes(await read(disk(0)))).toContain("PARTITION_OVER_TABLE");
  });

  test("an empty record takes no number", async () => {
    const disk = mbrDisk();
    disk.set(
      withMbrEntry(disk.slice(82 * 512, 83 * 512), 0, { ...record, type: 0, startLba: 0, sizeLba: 0 }),
      82 * 512,
    );
    const table = await read(disk);
    expect(table.partitions.slice(-2).map((p) => [p.number, p.start / 512])).toEqual([
      [5, 66],
      [6, 102],
    ]);
    expect(same(written(placeTable(table, disk.length), disk.length), disk)).toBe(true);
  });

  test("an empty table is believed with a signature and without boot code only", async () => {
    const empty = mbrDisk().fill(0, 0, 440).fill(0, 446, 510);
    expect(await read(empty)).toMatchObject({ type: "mbr", partitions: [] });
    expect((await read(new Uint8Array(empty).fill(0x90, 0, 8))).type).toBe("none");
  });
});

describe("no table", () => {
  test.each([
    ["zeros", () => new Uint8Array(160 * 512)],
    ["less than a sector", () => new Uint8Array(100)],
    ["noise", () => Uint8Array.from({ length: 160 * 512 }, (_, i) => (i * 197 + (i >> 8)) & 0xff)],
    ["text where the records are", () => mbrDisk().fill(0x41, 446, 510)],
    ["a backup GPT alone", () => gptDisk().fill(0, 0, 4096)],
  ])("%s", async (_, disk) => {
    const table = await read(disk());
    expect(table).toMatchObject({ type: "none", partitions: [], metadata: [] });
    expect(placeTable(table, 1 << 20)).toEqual([]);
  });
});

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Why a copy is damaged may read differently when its bytes are zeros; all else must not. */
const withoutTexts = (table: PartitionTable) => JSON.stringify({ ...table, state: undefined, problems: codes(table) });

/** Reads and places: whatever the bytes are, an error has a code, and reading the metadata alone gives the same. */
async function survives(disk: Uint8Array): Promise<void> {
  try {
    const table = await read(disk);
    expect(withoutTexts(await read(only(disk, table.metadata))) === withoutTexts(table)).toBe(true);
    placeTable(table, disk.length + 512 * 40);
  } catch (e) {
    if (!isLifeboatError(e)) throw e;
    expect(["TABLE_DAMAGED", "TARGET_TOO_SMALL"]).toContain(e.code);
  }
}

describe("every byte of the table flipped", () => {
  test.each([
    ["GPT", gptDisk()],
    ["MBR", mbrDisk()],
  ])("%s", async (_, disk) => {
    const { metadata } = await read(disk);
    for (const { start, end } of metadata)
      for (const at of range(start, end))
        for (const flip of [0xff, 0x01, 0x80]) {
          const copy = new Uint8Array(disk);
          copy[at] = (copy[at] ?? 0) ^ flip;
          await survives(copy);
        }
  });

  test("cut short anywhere", async () => {
    for (const disk of [gptDisk(), mbrDisk()])
      for (let size = 0; size < disk.length; size += 211) await survives(disk.slice(0, size));
  });
});

test("what is erased covers every place of a table", () => {
  expect(tableExtentsToErase(10 * 1024 * 1024, 512)).toEqual([
    { start: 0, end: 1024 * 1024 },
    { start: 10 * 1024 * 1024 - 34 * 512, end: 10 * 1024 * 1024 },
  ]);
  expect(tableExtentsToErase(1024 * 1024 + 4096, 4096)).toEqual([{ start: 0, end: 1024 * 1024 + 4096 }]);
  expect(tableExtentsToErase(300, 512)).toEqual([{ start: 0, end: 300 }]);
  expect(tableExtentsToErase(10_000_100, 512).at(-1)).toEqual({ start: 9_999_872 - 34 * 512, end: 10_000_100 });
});
