import { describe, expect, test } from "vitest";
import { buildTable, type TableDesign, usableOf } from "#imaging/disk/build-table.ts";
import type { Partition, TableWrite } from "#imaging/disk/partition.ts";
import { placeTable, readPartitionTable } from "#imaging/disk/partition-table.ts";
import { type DesignKind, randomDesign, writtenDevice } from "#test/engine/disk/random-designs.ts";
import { caseRandom } from "#test/fuzz/random.ts";

const MIB = 1024 * 1024;
const LINUX = "0fc63daf-8483-4772-8e79-3d69d8477de4";
const DISK = "0fd5b3a1-7a4c-4c61-9f3e-2d1b0a998877";

const gptPart = (number: number, start: number, size: number, more: Partial<Partition> = {}): Partition => ({
  number,
  start: start * MIB,
  size: size * MIB,
  type: LINUX,
  name: undefined,
  guid: `${`${number}`.padStart(8, "0")}-1111-4222-8333-444455556666`,
  active: false,
  role: "primary",
  attributes: "0x0",
  ...more,
});
const mbrPart = (number: number, start: number, size: number, more: Partial<Partition> = {}): Partition =>
  gptPart(number, start, size, { type: "0x83", guid: undefined, role: number > 4 ? "logical" : "primary", ...more });
const extended = (number: number, start: number, size: number, type = "0x0f") =>
  mbrPart(number, start, size, { role: "extended", type });
const gpt = (partitions: readonly Partition[], more: Partial<TableDesign> = {}): TableDesign => ({
  type: "gpt",
  size: 64 * MIB,
  sectorSize: 512,
  diskId: DISK,
  partitions,
  ...more,
});
const mbr = (partitions: readonly Partition[], more: Partial<TableDesign> = {}): TableDesign =>
  gpt(partitions, { type: "mbr", diskId: "1234abcd", ...more });

const read = (design: TableDesign, writes: readonly TableWrite[] = buildTable(design)) =>
  readPartitionTable(writtenDevice(writes, design.size, design.sectorSize));
const inOrder = (partitions: readonly Partition[]) => partitions.toSorted((a, b) => a.number - b.number);

/** What holds of every table: it reads back as designed, and nothing is written but tables, sector 0 last. */
async function expectReadsBack(design: TableDesign): Promise<void> {
  const writes = buildTable(design);
  const { size, sectorSize } = design;
  const table = await read(design, writes);
  expect(table).toMatchObject({ type: design.type, problems: [], diskId: design.diskId });
  expect(table.partitions).toEqual(inOrder(design.partitions));
  expect(table.usable).toEqual(usableOf(design.type, size, sectorSize));
  expect(writes.at(-1)?.offset).toBe(0);
  const taken = [
    ...writes.map(({ offset, bytes }) => ({ start: offset, size: bytes.length })),
    ...design.partitions.filter((p) => p.role !== "extended"),
  ].toSorted((a, b) => a.start - b.start);
  const over = taken.find((one, i) => one.start + one.size > (taken[i + 1]?.start ?? size));
  expect(over).toBeUndefined();
  const code = design.bootCode ?? new Uint8Array(0);
  const sector = writes.at(-1)?.bytes ?? new Uint8Array(0);
  expect(Buffer.compare(sector.subarray(0, 440), Buffer.concat([code], 440))).toBe(0);
  const again = placeTable(table, size);
  expect(again.map((w) => w.offset)).toEqual(writes.map((w) => w.offset));
  const bytesOf = (all: readonly TableWrite[]) => Buffer.concat(all.map((w) => w.bytes));
  // toEqual walks typed arrays element by element.
  expect(Buffer.compare(bytesOf(again), bytesOf(writes))).toBe(0);
}

/** Letters of one, two and three bytes of UTF-8, and one of two UTF-16 units. */
const LETTERS = ["a", "Z", "0", " ", '"', "\\", "ü", "日", "😀"];
const KINDS: DesignKind[] = (["gpt", "mbr"] as const).flatMap((type) =>
  [512, 4096].map((sectorSize) => ({ type, sectorSize, most: 2 ** 50 / sectorSize, letters: LETTERS })),
);

test.each(KINDS)("2000 random designs read back equal: $type, sectors of $sectorSize", async (kind) => {
  const counts = { partitions: 0, logicals: 0 };
  for (let number = 0; number < 2000; number++) {
    const design = randomDesign(caseRandom(7, `${kind.type} ${kind.sectorSize}`, number), kind);
    counts.partitions += design.partitions.length;
    counts.logicals = Math.max(counts.logicals, design.partitions.filter((p) => p.role === "logical").length);
    await expectReadsBack(design).catch((cause) => {
      throw new Error(`design ${number}: ${JSON.stringify({ ...design, bootCode: undefined })}`, { cause });
    });
  }
  expect(counts.partitions).toBeGreaterThan(4000);
  expect(counts.logicals).toBe(kind.type === "mbr" ? 20 : 0);
});

describe("GPT", () => {
  test.each([
    [512, 34, 34],
    [4096, 6, 6],
  ])("sectors of %i: partitions may use all from LBA %i to %i before the end", async (sectorSize, first, behind) => {
    const size = 64 * MIB + 300;
    const usable = usableOf("gpt", size, sectorSize);
    expect(usable.start).toBe(first * sectorSize);
    expect(usable.end).toBe(64 * MIB - (behind - 1) * sectorSize);
    const whole = { ...gptPart(128, 0, 0), start: usable.start, size: usable.end - usable.start };
    await expectReadsBack(gpt([whole], { size, sectorSize }));
  });

  test("the backup is written first, and before sector 0 there is no table that Linux accepts", async () => {
    const design = gpt([gptPart(1, 1, 10)]);
    const writes = buildTable(design);
    expect(writes.map((w) => w.what)).toEqual([
      "backup GPT entries",
      "backup GPT header",
      "primary GPT entries",
      "primary GPT header",
      "protective MBR",
    ]);
    const interrupted = await read(design, writes.slice(0, -1));
    expect(interrupted.problems.map((p) => p.code)).toEqual(["GPT_PROTECTIVE_MBR_MISSING"]);
  });

  test("active sets bit 2 beside the other attributes", async () => {
    const parts = [
      gptPart(1, 1, 1, { active: true }),
      gptPart(2, 2, 1, { active: true, attributes: "0xf000000000000001" }),
      gptPart(3, 3, 1, { attributes: "0x4" }),
    ];
    const { partitions } = await read(gpt(parts));
    expect(partitions.map((p) => p.attributes)).toEqual(["0x4", "0xf000000000000005", "0x4"]);
    expect(partitions.map((p) => p.active)).toEqual([true, true, true]);
  });

  test.each([
    ["36 units are kept", "x".repeat(36), "x".repeat(36)],
    ["the 37th is cut", "x".repeat(37), "x".repeat(36)],
    ["a pair that ends with the 36th is kept", `${"x".repeat(34)}😀😀`, `${"x".repeat(34)}😀`],
    ["a pair over the 36th and 37th goes", `${"x".repeat(35)}😀x`, "x".repeat(35)],
    ["half of a pair was so before", `${"x".repeat(35)}\ud83dx`, `${"x".repeat(35)}\ud83d`],
  ])("names: %s", async (_, name, expected) => {
    const { partitions } = await read(gpt([gptPart(1, 1, 1, { name })]));
    expect(partitions[0]?.name).toBe(expected);
  });

  test("either copy alone gives the same table", async () => {
    const design = gpt([gptPart(1, 1, 10, { name: "one" }), gptPart(7, 20, 10)]);
    const writes = buildTable(design);
    for (const lost of ["primary GPT header", "backup GPT header"]) {
      const table = await read(
        design,
        writes.filter((w) => w.what !== lost),
      );
      expect(table.partitions).toEqual(design.partitions);
    }
  });
});

describe("MBR", () => {
  const link = (design: TableDesign, number: number) =>
    buildTable(design).find((w) => w.what === `EBR of partition ${number}`)?.offset;

  test.each([512, 4096])("records are where parted has them, in sectors of %i", async (sectorSize) => {
    const design = mbr(
      [
        mbrPart(2, 1, 9, { active: true }),
        extended(4, 10, 50),
        mbrPart(5, 12, 8),
        mbrPart(6, 21, 9),
        { ...mbrPart(7, 30, 5), start: 30 * MIB + sectorSize, size: 5 * MIB },
        mbrPart(8, 45, 5, { type: "0x82" }),
      ],
      { sectorSize },
    );
    await expectReadsBack({
      ...design,
      partitions: design.partitions.map((p) => ({ ...p, guid: `1234abcd-0${p.number}` })),
    });
    // The extended partition's start, 1 MiB before, right behind the one before, and 1 MiB before.
    expect([5, 6, 7, 8].map((n) => link(design, n))).toEqual([10 * MIB, 20 * MIB, 30 * MIB, 44 * MIB]);
    expect(buildTable(design).at(-1)?.what).toBe("MBR");
  });

  test("an extended partition without logical ones has an empty record", async () => {
    const design = mbr([extended(1, 10, 5)]);
    const writes = buildTable(design);
    expect(writes.map((w) => w.what)).toEqual(["empty EBR at LBA 20480", "MBR"]);
    expect(await read(design, writes)).toMatchObject({ problems: [], partitions: [{ number: 1, role: "extended" }] });
    const without = await read(design, writes.slice(1));
    expect(without.problems.map((p) => p.code)).toEqual(["EBR_DAMAGED"]);
  });

  test("an empty table is one with a signature", async () => {
    expect(await read(mbr([]))).toMatchObject({ type: "mbr", partitions: [], diskId: "1234abcd" });
  });

  test.each([undefined, "00000000"])("without a disk signature (%s) partitions have no GUID", async (diskId) => {
    const table = await read(mbr([mbrPart(1, 1, 1)], { diskId }));
    expect([table.diskId, table.partitions[0]?.guid]).toEqual([undefined, undefined]);
  });

  test("partitions may use LBA 1 to 2^32 - 1, and no disk's last part of a sector", () => {
    expect(usableOf("mbr", 10 * 512 + 511, 512)).toEqual({ start: 512, end: 5120 });
    expect(usableOf("mbr", 2 ** 44, 512)).toEqual({ start: 512, end: 2 ** 41 });
    expect(usableOf("mbr", 2 ** 44, 4096)).toEqual({ start: 4096, end: 2 ** 44 });
    expect(usableOf("mbr", 100, 512)).toEqual({ start: 0, end: 0 });
    expect(usableOf("gpt", 67 * 512, 512)).toEqual({ start: 34 * 512, end: 34 * 512 });
  });

  test("a partition up to the last LBA of 32 bits is kept to the sector", async () => {
    const far = { ...mbrPart(1, 1, 1), start: 512, size: 2 ** 41 - 512, guid: "1234abcd-01" };
    await expectReadsBack(mbr([far], { size: 2 ** 42 }));
  });
});

const logicals = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...mbrPart(first + i, 10, 0),
    start: 10 * MIB + (2 * i + 1) * 512,
    size: 512,
  }));

describe("what a table cannot hold is LAYOUT_INVALID", () => {
  const at = (p: Partition, start: number, size: number) => ({ ...p, start, size });
  test.each<[string, TableDesign, string]>([
    ["sectors", gpt([], { sectorSize: 1024 }), "sectors have 1024 bytes"],
    ["a disk's size", gpt([], { size: 0.5 }), "the disk has 0.5 bytes"],
    ["a disk's size", mbr([], { size: -512 }), "the disk has -512 bytes"],
    ["a disk's size", mbr([], { size: Number.NaN }), "the disk has NaN bytes"],
    ["a small disk", gpt([], { size: 67 * 512 }), "too small"],
    ["a small disk", gpt([], { size: 11 * 4096, sectorSize: 4096 }), "too small"],
    ["a small disk", mbr([], { size: 511 }), "too small"],
    ["boot code", gpt([], { bootCode: new Uint8Array(441) }), "the boot code has 441 bytes, and 440 fit"],
    ["boot code", mbr([], { bootCode: new Uint8Array(512) }), "the boot code has 512 bytes"],
    ["no GUID", gpt([], { diskId: undefined }), "the disk's GUID is undefined"],
    ["a bad GUID", gpt([], { diskId: "1234abcd" }), "the disk's GUID is 1234abcd"],
    ["a signature", mbr([], { diskId: DISK }), `the disk signature is ${DISK}`],
    ["a signature", mbr([], { diskId: "0x12345" }), "the disk signature is 0x12345"],
    ["numbers", gpt([gptPart(3, 1, 1), gptPart(3, 2, 1)]), "there are two partitions 3"],
    ["numbers", gpt([gptPart(0, 1, 1)]), "partition 0 has no entry"],
    ["numbers", gpt([gptPart(129, 1, 1)]), "partition 129 has no entry"],
    ["numbers", gpt([gptPart(1.5, 1, 1)]), "partition 1.5 has no entry"],
    ["roles", gpt([gptPart(1, 1, 1, { role: "logical" })]), "is logical, which a GPT does not know"],
    ["roles", gpt([gptPart(1, 1, 1, { role: "extended" })]), "is extended, which a GPT does not know"],
    ["types", gpt([gptPart(1, 1, 1, { type: "0x83" })]), "has the type 0x83"],
    ["types", gpt([gptPart(1, 1, 1, { type: LINUX.replaceAll(/[^-]/g, "0") })]), "has the type 00000000"],
    ["GUIDs", gpt([gptPart(1, 1, 1, { guid: undefined })]), "has the GUID undefined"],
    ["GUIDs", gpt([gptPart(1, 1, 1, { guid: "1234abcd-01" })]), "has the GUID 1234abcd-01"],
    ["attributes", gpt([gptPart(1, 1, 1, { attributes: "4" })]), "has the attributes 4"],
    ["attributes", gpt([gptPart(1, 1, 1, { attributes: "0x10000000000000000" })]), "has the attributes 0x1"],
    ["names", gpt([gptPart(1, 1, 1, { name: "a\0b" })]), "has a NUL in its name"],
    ["sectors", gpt([at(gptPart(1, 0, 0), MIB + 1, MIB)]), "partition 1 does not lie on whole sectors"],
    ["sectors", gpt([at(gptPart(1, 0, 0), MIB, 511)]), "partition 1 does not lie on whole sectors"],
    ["sectors", gpt([at(gptPart(1, 0, 0), MIB + 512, MIB)], { sectorSize: 4096 }), "whole sectors"],
    ["sectors", mbr([at(mbrPart(1, 0, 0), MIB, Number.NaN)]), "whole sectors"],
    ["sizes", gpt([gptPart(1, 1, 0)]), "partition 1 has 0 bytes"],
    ["sizes", mbr([mbrPart(1, 2, -1)]), "partition 1 has -1048576 bytes"],
    ["the table", gpt([at(gptPart(1, 0, 0), 33 * 512, MIB)]), "partition 1 lies at 16896 to"],
    ["the table", gpt([at(gptPart(1, 0, 0), 5 * 4096, MIB)], { sectorSize: 4096 }), "and 24576 to"],
    ["the backup", gpt([at(gptPart(1, 0, 0), MIB, 63 * MIB - 32 * 512)]), "are usable"],
    ["the end", gpt([gptPart(1, 60, 5)]), "are usable"],
    ["the table", mbr([at(mbrPart(1, 0, 0), 0, MIB)]), "and 512 to 67108864 are usable"],
    ["the end", mbr([mbrPart(1, 60, 5)]), "are usable"],
    ["32 bits", mbr([at(mbrPart(1, 0, 0), MIB, 2 ** 41)], { size: 2 ** 42 }), "are usable"],
    ["overlaps", gpt([gptPart(1, 1, 2), gptPart(2, 2, 1)]), "Partitions 1 and 2 overlap"],
    ["overlaps", gpt([gptPart(2, 1, 9), gptPart(1, 2, 1)]), "Partitions 2 and 1 overlap"],
    ["overlaps", mbr([mbrPart(1, 1, 10), extended(2, 10, 9)]), "Partitions 1 and 2 overlap"],
    ["overlaps", mbr([extended(1, 10, 20), mbrPart(5, 12, 3), mbrPart(6, 14, 2)]), "Partitions 5 and 6 overlap"],
    ["primaries", mbr([1, 2, 3, 4, 5].map((n) => mbrPart(n, n, 1, { role: "primary" }))), "1 to 4"],
    ["primaries", mbr([mbrPart(0, 1, 1)]), "partition 0 is primary: these have the numbers 1 to 4"],
    ["primaries", mbr([extended(5, 10, 9)]), "partition 5 is extended: these have the numbers 1 to 4"],
    ["logicals", mbr([extended(1, 10, 9), mbrPart(4, 12, 1, { role: "logical" })]), "these have the numbers 5 to 255"],
    ["logicals", mbr([extended(1, 10, 50), ...logicals(5, 252)]), "partition 256 is logical"],
    ["logicals", mbr([extended(1, 10, 9), mbrPart(6, 12, 1)]), "partition 6 comes where 5 must"],
    ["logicals", mbr([extended(1, 10, 9), mbrPart(5, 14, 1), mbrPart(6, 12, 1)]), "partition 6 comes where 5 must"],
    ["outside", mbr([mbrPart(5, 12, 1)]), "Logical partition 5 at LBA 24576 leaves the extended partition"],
    ["outside", mbr([extended(1, 10, 9), mbrPart(5, 20, 1)]), "leaves the extended partition"],
    ["outside", mbr([extended(1, 10, 9), mbrPart(5, 18, 2)]), "leaves the extended partition"],
    ["two extended", mbr([extended(1, 10, 9), extended(2, 20, 9)]), "there are 2 extended partitions"],
    ["no sector", mbr([extended(1, 10, 9), mbrPart(5, 10, 1)]), "no free sector before logical partition 5"],
    ["no sector", mbr([extended(1, 10, 9), mbrPart(5, 11, 2), mbrPart(6, 13, 2)]), "before logical partition 6"],
    ["types", mbr([mbrPart(1, 1, 1, { type: LINUX })]), `partition 1 has the type ${LINUX}`],
    ["types", mbr([mbrPart(1, 1, 1, { type: "0x183" })]), "has the type 0x183"],
    ["types", mbr([mbrPart(1, 1, 1, { type: "0x00" })]), "which is none of a partition"],
    ["types", mbr([mbrPart(1, 1, 1, { type: "0xee" })]), "which is none of a partition"],
    ["types", mbr([mbrPart(1, 1, 1, { type: "0x05" })]), "is primary and has the type 0x05"],
    ["types", mbr([extended(1, 1, 9), mbrPart(5, 2, 1, { type: "0x0f" })]), "is logical and has the type 0x0f"],
    ["types", mbr([extended(1, 1, 9, "0x83")]), "is extended and has the type 0x83"],
    ["names", mbr([mbrPart(1, 1, 1, { name: "root" })]), 'is named "root", and an MBR has no names'],
    ["attributes", mbr([mbrPart(1, 1, 1, { attributes: "0x4" })]), "has the attributes 0x4, and an MBR has none"],
  ])("%s", (_, design, problem) => {
    expect(() => buildTable(design)).toThrow(
      expect.objectContaining({
        code: "LAYOUT_INVALID",
        details: { problem: expect.stringContaining(problem) },
      }),
    );
  });

  test("as many logical partitions as Linux has numbers for are made", async () => {
    const table = await read(mbr([extended(1, 10, 50), ...logicals(5, 251)]));
    expect(table.problems).toEqual([]);
    expect(table.partitions).toHaveLength(252);
  });
});
