import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { RANK } from "#imaging/undo/area.ts";
import { planSaved } from "#imaging/undo/plan-saved.ts";

const MIB = 1 << 20;
const GIB = 1 << 30;
const list = (...extents: [number, number][]) => ExtentList.of(extents.map(([start, end]) => ({ start, end })));
const areas = [{ text: "table", rank: RANK.table, extents: [{ start: 0, end: MIB }] }];
const restore = { overwritten: list([0, 100 * MIB]), cleared: [{ start: 50 * MIB, end: 51 * MIB }], size: GIB };

test("what is in use and overwritten is saved too while that is little, and then nothing is lost", () => {
  const saved = planSaved({ areas, used: list([0, 10 * MIB], [500 * MIB, 600 * MIB]) }, restore, 512 * MIB);
  expect([...saved.extents]).toEqual([
    { start: 0, end: 10 * MIB },
    { start: 50 * MIB, end: 51 * MIB },
  ]);
  expect([saved.lostBytes, saved.leftOut]).toEqual([0, []]);
});

test("more than that is counted and not saved", () => {
  const all = { ...restore, overwritten: list([0, 800 * MIB]) };
  const saved = planSaved({ areas, used: list([0, 700 * MIB]) }, all, 512 * MIB);
  expect(saved.extents.bytes).toBe(2 * MIB);
  expect(saved.lostBytes).toBe(698 * MIB);
});

test("of a disk whose used blocks cannot be told nothing is claimed", () => {
  const saved = planSaved({ areas, used: undefined }, restore, 512 * MIB);
  expect("lostBytes" in saved).toBe(false);
});

test("what is saved of an area, and how much of that the restore overwrites", () => {
  const far = [...areas, { text: "far", rank: RANK.header, extents: [{ start: 99 * MIB, end: 103 * MIB }] }];
  const saved = planSaved({ areas: far, used: undefined }, restore, 512 * MIB);
  expect(saved.areas).toContainEqual({ text: "far", bytes: 4 * MIB, overwrittenBytes: MIB });
});
