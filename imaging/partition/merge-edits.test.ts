import { expect, test } from "vitest";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import { mergeEdits } from "#imaging/partition/merge-edits.ts";
import type { Picture } from "#imaging/partition/picture.ts";

const MIB = 1 << 20;
const empty: Picture = { tableType: "none", size: 200 * MIB, sectorSize: 512, diskId: undefined, partitions: [] };
const made: Edit[] = [
  { op: "table", table: "gpt" },
  { op: "create", start: 10 * MIB, size: 20 * MIB },
  { op: "create", start: 100 * MIB, size: 20 * MIB },
];
const disk = made.reduce((picture, edit, i) => applyEdit(picture, edit, `seed ${i}`), empty);
const move = (mib: number, number = 1): Edit => ({ op: "move", number, start: mib * MIB });
const merged = (...edits: Edit[]) => mergeEdits(disk, edits, "seed");

test("a partition that is moved again and again is moved once, to where it was moved last", () => {
  expect(merged(move(20), move(30), move(40))).toEqual([move(40)]);
  expect(merged(move(20), move(60, 2), move(40))).toEqual([move(20), move(60, 2), move(40)]);
});

test("what ends where it began is nothing to be done", () => {
  expect(merged(move(20), move(10))).toEqual([]);
  expect(merged({ op: "resize", number: 2, size: 20 * MIB })).toEqual([]);
});

test("what the list holds of deletions and formats stays, and so does all behind what cannot be done", () => {
  const list: Edit[] = [{ op: "delete", number: 1 }, { op: "delete", number: 1 }, move(5, 2), move(6, 2)];
  expect(merged(...list)).toEqual([list[0], list[1], move(6, 2)]);
});
