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
