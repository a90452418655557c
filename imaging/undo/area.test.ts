import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { chooseAreas, common, RANK } from "#imaging/undo/area.ts";

const KIB = 1024;
const area = (text: string, rank: number, ...extents: [number, number][]) => ({
  text,
  rank,
  extents: extents.map(([start, end]) => ({ start, end })),
});

test("areas are saved in whole blocks, each byte once, within the disk", () => {
  const { extents, chosen, leftOut } = chooseAreas(
    [
      area("start", RANK.start, [0, 20 * KIB]),
      area("table", RANK.table, [0, 512], [99 * KIB, 200 * KIB]),
      area("inside", RANK.header, [5 * KIB, 6 * KIB]),
    ],
    101 * KIB,
    1 << 20,
  );
  expect([...extents]).toEqual([
    { start: 0, end: 20 * KIB },
    { start: 96 * KIB, end: 101 * KIB },
  ]);
  expect(chosen.map(({ text, extents }) => [text, extents.bytes])).toEqual([
    ["table", 9 * KIB],
    ["inside", 4 * KIB],
    ["start", 12 * KIB],
  ]);
  expect(leftOut).toEqual([]);
});

test("where there is no room for all, what most depends on is saved, and what is left out is named", () => {
  const areas = [
    area("filesystem", RANK.filesystem, [1 << 20, 2 << 20]),
    area("table", RANK.table, [0, 4 * KIB]),
    area("header", RANK.header, [64 * KIB, 96 * KIB]),
  ];
  const { extents, leftOut } = chooseAreas(areas, 4 << 20, 24 * KIB);
  expect([...extents]).toEqual([
    { start: 0, end: 4 * KIB },
    { start: 64 * KIB, end: 84 * KIB },
  ]);
  expect(leftOut).toEqual(["header", "filesystem"]);
  expect(extents.bytes).toBe(24 * KIB);
});

test("what two lists have in common", () => {
  const list = (...extents: [number, number][]) => ExtentList.of(extents.map(([start, end]) => ({ start, end })));
  expect([...common(list([0, 10], [20, 30]), list([5, 25]))]).toEqual([
    { start: 5, end: 10 },
    { start: 20, end: 25 },
  ]);
  expect(common(list([0, 10]), list()).bytes).toBe(0);
});
