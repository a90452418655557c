import { expect, test } from "vitest";
import { Sampler } from "./sampler.ts";

test.each([
  [3, 4, [0, 1, 2]],
  [5, 4, [0, 2, 4]],
  [100, 4, [0, 32, 64, 96]],
])("of %d pieces it keeps every n-th, %d at most", (count, most, kept) => {
  const sampler = new Sampler<number>(most);
  for (let piece = 0; piece < count; piece++) sampler.add(piece);
  expect(sampler.deal(1)).toEqual([kept]);
});

test("it deals them out in turn", () => {
  const sampler = new Sampler<string>(10);
  for (const piece of "abcde") sampler.add(piece);
  expect(sampler.deal(2)).toEqual([
    ["a", "c", "e"],
    ["b", "d"],
  ]);
});
