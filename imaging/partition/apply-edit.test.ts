import { describe, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { buildTable } from "#imaging/disk/build-table.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import { freeSpaces, type Picture } from "#imaging/partition/picture.ts";
import { pictureTable } from "#imaging/partition/picture-table.ts";
import { writtenDevice } from "#test/engine/disk/random-designs.ts";
import { caseRandom, type Random } from "#test/fuzz/random.ts";

const MIB = 1 << 20;
const empty = (size: number, sectorSize = 512): Picture => ({
  ...{ tableType: "none", size, sectorSize, diskId: undefined, partitions: [] },
});
const edited = (picture: Picture, ...edits: Edit[]): Picture =>
  edits.reduce((before, edit, i) => applyEdit(before, edit, `seed ${i}`), picture);
const brief = ({ partitions }: Picture) =>
  partitions.map(({ number, role, start, size }) => `${number} ${role} ${start / MIB} ${size / MIB}`);
const mbr = (...edits: Edit[]) => edited(empty(100 * MIB), { op: "table", table: "mbr" }, ...edits);
const gpt = (...edits: Edit[]) => edited(empty(100 * MIB), { op: "table", table: "gpt" }, ...edits);
const make = (mib: number, more: Partial<Extract<Edit, { op: "create" }>> = {}): Edit => ({
  ...{ op: "create", size: mib * MIB },
  ...more,
});

describe("any operations one behind the other", () => {
  test("leave a table that can be made, reads back as it was pictured, and has no problems", async () => {
    let applied = 0;
    const refused = new Set<string>();
    for (let i = 0; i < 1500; i++) {
      const random = caseRandom(20_261_129, "edits", i);
      const sectorSize = random.pick([512, 512, 4096]);
      let picture = empty((20 + random.int(500)) * MIB + random.int(100) * sectorSize, sectorSize);
      for (let step = 0; step < 14; step++) {
        const edit = step === 0 ? tableEdit(random) : randomEdit(random, picture);
        try {
          picture = applyEdit(picture, edit, `${i} ${step}`);
        } catch (error) {
          if (!isLifeboatError(error, "EDIT_INVALID")) throw error;
          refused.add(edit.op);
          continue;
        }
        applied++;
        await expectWritable(picture, `case ${i}, step ${step}: ${JSON.stringify(edit)}`);
      }
    }
    expect(applied).toBeGreaterThan(8000);
    expect([...refused].toSorted()).toEqual(expect.arrayContaining(["convert", "create", "delete", "move", "resize"]));
  });
});

async function expectWritable(picture: Picture, what: string): Promise<void> {
  const design = pictureTable(picture);
  const table = await readPartitionTable(writtenDevice(buildTable(design), picture.size, picture.sectorSize));
  expect(table.problems, what).toEqual([]);
  const places = ({
    number,
    start,
    size,
    role,
    type,
  }: {
    number: number;
    start: number;
    size: number;
    role: string;
    type: string;
  }) => `${number} ${role} ${start}+${size} ${type}`;
  expect(table.partitions.map(places).toSorted(), what).toEqual(picture.partitions.map(places).toSorted());
}

const tableEdit = (random: Random): Edit => ({ op: "table", table: random.pick(["gpt", "mbr"]) });

function randomEdit(random: Random, picture: Picture): Edit {
  const numbers = picture.partitions.map(({ number }) => number);
  const number = numbers.length > 0 && random.chance(0.95) ? random.pick(numbers) : 1 + random.int(9);
  const one = picture.partitions.find((other) => other.number === number);
  const bytes = () => (1 + random.int(Math.ceil(picture.size / MIB))) * (random.chance(0.9) ? MIB : picture.sectorSize);
  const dice = random.int(100);
  if (dice < 45 || numbers.length === 0) {
    const role = random.pick([undefined, undefined, "primary", "logical"] as const);
    const start = random.chance(0.3) ? bytes() : undefined;
    const size = random.chance(0.9) ? (1 + random.int(60)) * MIB : undefined;
    return { op: "create", ...(role && { role }), ...(start && { start }), ...(size && { size }) };
  }
  if (dice < 55) return { op: "delete", number };
  if (dice < 70)
    return { op: "resize", number, size: random.pick(["max", "least", bytes(), (one?.size ?? 0) + MIB] as const) };
  if (dice < 88)
    return { op: "move", number, start: random.pick(["left", "right", bytes(), (one?.start ?? 0) + MIB] as const) };
  if (dice < 94) return { op: "convert", table: random.pick(["gpt", "mbr"]) };
  if (dice < 97) return { op: "active", number, active: random.chance(0.5) };
  return { op: "format", number, filesystem: "ext4" };
}

test("partitions are made one behind the other, the last one with all that is left", () => {
  expect(brief(gpt(make(10), make(20), { op: "create" }))).toEqual([
    "1 primary 1 10",
    "2 primary 11 20",
    "3 primary 31 68",
  ]);
});

test("the fifth partition of an MBR is logical, in an extended one that is made when there is a record for it", () => {
  const four = mbr(make(10), make(10), make(10));
  const five = edited(four, make(10, { role: "logical" }), make(10));
  expect(brief(five)).toEqual([
    "1 primary 1 10",
    "2 primary 11 10",
    "3 primary 21 10",
    "4 extended 31 69",
    "5 logical 32 10",
    "6 logical 43 10",
  ]);
  expect(() => edited(four, make(10), make(10))).toThrow("convert the table to GPT");
});

test("logical partitions are counted anew when one before them goes", () => {
  const three = mbr(...[1, 2, 3].map(() => make(10, { role: "logical" })), { op: "delete", number: 5 });
  expect(brief(three)).toEqual(["1 extended 1 99", "5 logical 13 10", "6 logical 24 10"]);
  expect(() => edited(three, { op: "delete", number: 1 })).toThrow("holds logical partitions");
});

test("a partition moves between its neighbours only, with its size", () => {
  const three = gpt(make(10), make(20), make(10), { op: "delete", number: 1 });
  expect(brief(edited(three, { op: "move", number: 2, start: "left" }))).toEqual(["2 primary 1 20", "3 primary 31 10"]);
  expect(brief(edited(three, { op: "move", number: 3, start: "right" }))).toEqual([
    "2 primary 11 20",
    "3 primary 89 10",
  ]);
  expect(() => edited(three, { op: "move", number: 2, start: 20 * MIB })).toThrow("can start between byte");
});

test("it grows into the space behind it, and as far as its file system can", () => {
  const two = gpt(make(10), make(20), { op: "delete", number: 2 });
  const growing = {
    ...two,
    partitions: two.partitions.map((one) => ({ ...one, most: 50 * MIB, notLarger: "a reason" })),
  };
  expect(brief(edited(growing, { op: "resize", number: 1, size: "max" }))).toEqual(["1 primary 1 50"]);
  expect(() => edited(growing, { op: "resize", number: 1, size: 60 * MIB })).toThrow("at most: a reason");
  expect(() => edited(growing, { op: "resize", number: 1, size: 5 * MIB })).toThrow("at least");
  expect(() => edited(gpt(make(10), make(10)), { op: "resize", number: 1, size: 11 * MIB })).toThrow(
    "others lie behind it",
  );
});

test("what is in use is not touched", () => {
  const one = gpt(make(10));
  const used = { ...one, partitions: one.partitions.map((other) => ({ ...other, usedBy: ["mounted at /home"] })) };
  const edits: Edit[] = [
    { op: "delete", number: 1 },
    { op: "move", number: 1, start: "right" },
    { op: "resize", number: 1, size: "max" },
    { op: "format", number: 1, filesystem: "ext4" },
    { op: "table", table: "gpt" },
  ];
  for (const edit of edits) expect(() => applyEdit(used, edit, ""), edit.op).toThrow("mounted at /home");
});

test("the active partition of an MBR is one; of a GPT each has an attribute of its own", () => {
  const both = (picture: Picture) =>
    edited(picture, { op: "active", number: 1, active: true }, { op: "active", number: 2, active: true }).partitions;
  expect(both(mbr(make(10), make(10))).map(({ active }) => active)).toEqual([false, true]);
  expect(both(gpt(make(10), make(10))).map(({ attributes }) => attributes)).toEqual(["0x4", "0x4"]);
});

test("free space is named where it is", () => {
  const spaces = freeSpaces(mbr(make(10), make(20, { role: "logical" })));
  expect(spaces.map(({ start, end, inside }) => `${inside} ${start / MIB}-${end / MIB}`)).toEqual(["extended 33-100"]);
});
