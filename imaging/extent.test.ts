import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";

test("extents that touch or overlap become one, others stay apart", () => {
  const list = ExtentList.of([
    { start: 0, end: 10 },
    { start: 10, end: 20 },
    { start: 15, end: 18 },
    { start: 30, end: 40 },
  ]);
  expect([...list]).toEqual([
    { start: 0, end: 20 },
    { start: 30, end: 40 },
  ]);
  expect([list.length, list.bytes]).toEqual([2, 30]);
});

test("empty and inverted extents add nothing", () => {
  const list = new ExtentList();
  list.add(5, 5);
  list.add(9, 3);
  expect([...list]).toEqual([]);
});

test("extents out of order are a fault of the caller", () => {
  const list = ExtentList.of([{ start: 100, end: 110 }]);
  expect(() => list.add(50, 60)).toThrow(RangeError);
});

test("it grows to any number of extents, beyond 32 bits too", () => {
  const list = new ExtentList();
  const base = 2 ** 40;
  for (let i = 0; i < 10_000; i++) list.add(base + i * 10, base + i * 10 + 4);
  expect([list.length, list.bytes]).toEqual([10_000, 40_000]);
  expect(list.at(9_999)).toEqual({ start: base + 99_990, end: base + 99_994 });
  expect(() => list.at(10_000)).toThrow(RangeError);
  expect(() => list.at(-1)).toThrow(RangeError);
});

test.each([
  ["a hole in the middle", [0, 100], [40, 60], [0, 40, 60, 100]],
  ["the beginning and the end", [10, 100], [0, 20, 90, 200], [20, 90]],
  ["all of it", [10, 20], [0, 50], []],
  ["nothing that is there", [10, 20, 40, 50], [0, 10, 20, 40, 50, 60], [10, 20, 40, 50]],
  ["a hole over several", [0, 10, 20, 30, 40, 50], [5, 45], [0, 5, 45, 50]],
  ["several holes in one", [0, 100], [10, 20, 30, 40, 50, 60], [0, 10, 20, 30, 40, 50, 60, 100]],
  ["from nothing", [], [0, 10], []],
  ["nothing", [5, 9], [], [5, 9]],
])("subtract takes away %s", (_what, from, holes, rest) => {
  expect([...listOf(from).subtract(listOf(holes))].flatMap(({ start, end }) => [start, end])).toEqual(rest);
});

test("subtract agrees with one bit a byte, on random lists", () => {
  for (let round = 0; round < 300; round++) {
    const [from, holes] = [randomList(), randomList()];
    const bits = Array.from({ length: 300 }, (_, i) => has(from, i) && !has(holes, i));
    const rest = from.subtract(holes);
    expect(bits.map((_, i) => has(rest, i))).toEqual(bits);
  }
});

const listOf = (ends: readonly number[]): ExtentList =>
  ExtentList.of(
    Array.from({ length: ends.length / 2 }, (_, i) => ({
      start: ends[2 * i] as number,
      end: ends[2 * i + 1] as number,
    })),
  );

function randomList(): ExtentList {
  const list = new ExtentList();
  for (let at = 0; at < 280; ) {
    const start = at + Math.floor(Math.random() * 20);
    at = start + 1 + Math.floor(Math.random() * 12);
    list.add(start, at);
  }
  return list;
}

const has = (list: ExtentList, at: number): boolean => [...list].some(({ start, end }) => at >= start && at < end);

test("merging lists gives what their union gives, and leaves them as they were", () => {
  const lists = [3, 7, 11, 13, 5].map((step, i) =>
    ExtentList.of(
      Array.from({ length: 40 }, (_, n) => ({ start: n * step * 10 + i, end: n * step * 10 + i + step * 4 })),
    ),
  );
  for (let count = 0; count <= lists.length; count++) {
    const some = lists.slice(0, count);
    const before = some.map((list) => [...list]);
    expect([...ExtentList.merge(some)]).toEqual([...ExtentList.union(some)]);
    expect(some.map((list) => [...list])).toEqual(before);
  }
});

test("a covering list holds every byte that was added, in order and within its bound", () => {
  for (let round = 0; round < 200; round++) {
    const most = 2 + (round % 30);
    const exact = new ExtentList();
    const covering = ExtentList.covering(most);
    for (let at = 0, i = 0; i < 300; i++) {
      const start = at + Math.floor(Math.random() * 20);
      at = start + Math.floor(Math.random() * 12);
      exact.add(start, at);
      covering.add(start, at);
      expect(covering.length).toBeLessThanOrEqual(most);
    }
    expect([...exact.subtract(covering)]).toEqual([]);
    const [first, last] = [exact.at(0), exact.at(exact.length - 1)];
    expect([covering.at(0).start, covering.at(covering.length - 1).end]).toEqual([first.start, last.end]);
    for (let i = 1; i < covering.length; i++) expect(covering.at(i).start).toBeGreaterThan(covering.at(i - 1).end);
  }
});

test("coarsening closes the smallest gaps and no more of them than needed", () => {
  const ends = [0, 1, 3, 4, 9, 10, 12, 13, 20, 21];
  const coarsened = (most: number) => {
    const list = listOf(ends);
    list.coarsen(most);
    return [...list].flatMap(({ start, end }) => [start, end]);
  };
  expect(coarsened(5)).toEqual(ends);
  expect(coarsened(4)).toEqual([0, 4, 9, 10, 12, 13, 20, 21]);
  expect(coarsened(3)).toEqual([0, 4, 9, 13, 20, 21]);
  expect(coarsened(2)).toEqual([0, 13, 20, 21]);
  expect(coarsened(1)).toEqual([0, 21]);
  expect(coarsened(0)).toEqual([0, 21]);
});

test("what is made of a covering list is covering, and of exact ones exact", () => {
  const covering = ExtentList.covering(4);
  for (const at of [0, 10, 30, 70]) covering.add(at, at + 5);
  const exact = listOf([100, 105]);
  const joined = ExtentList.merge([covering, exact]);
  expect([joined.isCovering, joined.length <= 4]).toEqual([true, true]);
  expect([...listOf([0, 5, 10, 15, 30, 35, 70, 75, 100, 105]).subtract(joined)]).toEqual([]);
  expect([covering.subtract(exact), covering.moved(7), covering.clipped(33)].map((l) => l.isCovering)).toEqual([
    ...[true, true, true],
  ]);
  expect([...covering.moved(7)]).toEqual([...covering].map(({ start, end }) => ({ start: start + 7, end: end + 7 })));
  expect([...covering.clipped(33)].at(-1)).toEqual({ start: 30, end: 33 });
  const others = [ExtentList.union([covering]), exact, ExtentList.merge([exact, exact]), exact.subtract(covering)];
  expect(others.map((l) => l.isCovering)).toEqual([false, false, false, false]);
  // Holes in a covering list stay holes: nothing that is left out comes back but by coarsening.
  expect([...covering.subtract(listOf([0, 100]))]).toEqual([]);
});

test("the bound holds for as many extents as come, quickly", () => {
  const list = ExtentList.covering(1 << 12);
  for (let i = 0; i < 400_000; i++) list.add(i * 10 + (i % 7 === 0 ? 3 : 0), i * 10 + 5);
  expect(list.length).toBeLessThanOrEqual(1 << 12);
  expect(list.at(list.length - 1).end).toBe(3_999_995);
});
