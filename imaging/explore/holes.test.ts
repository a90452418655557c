import { expect, test } from "vitest";
import { nextData, nextHole } from "#imaging/explore/holes.ts";
import { ExtentList } from "#imaging/extent.ts";

const list = (...extents: [number, number][]) => ExtentList.of(extents.map(([start, end]) => ({ start, end })));

/** Two regions that touch in the middle of data, one without any, and one behind a gap. */
const REGIONS = [
  { start: 0, extents: list([100, 200], [300, 500]) },
  { start: 500, extents: list([0, 50]) },
  { start: 600, extents: new ExtentList() },
  { start: 1000, extents: list([10, 20]) },
];
const SIZE = 2000;
const isData = (at: number) =>
  [
    [100, 200],
    [300, 550],
    [1010, 1020],
  ].some(([a = 0, b = 0]) => at >= a && at < b);

test("they agree with a look at each byte", () => {
  for (let at = 0; at < SIZE; at++) {
    let data: number | undefined = at;
    while (data !== undefined && !isData(data)) data = data + 1 < SIZE ? data + 1 : undefined;
    let hole = at;
    while (hole < SIZE && isData(hole)) hole++;
    expect([at, nextData(REGIONS, at), nextHole(REGIONS, at, SIZE)]).toEqual([at, data, hole]);
  }
});

test("data up to the end has its hole there", () => {
  const regions = [{ start: 0, extents: list([0, SIZE]) }];
  expect([nextHole(regions, 5, SIZE), nextData(regions, 5)]).toEqual([SIZE, 5]);
});
