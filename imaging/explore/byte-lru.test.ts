import { expect, test } from "vitest";
import { ByteLru } from "#imaging/explore/byte-lru.ts";

test("the ones used longest ago go first, as many as have to", () => {
  const lru = new ByteLru<string, number>(10);
  for (const [i, key] of ["a", "b", "c"].entries()) expect(lru.set(key, i, 3)).toEqual([]);
  expect(lru.get("a")).toBe(0);
  expect(lru.set("d", 3, 6)).toEqual([1, 2]);
  expect([lru.get("a"), lru.get("b"), lru.get("c"), lru.get("d")]).toEqual([0, undefined, undefined, 3]);
  expect(lru.bytes).toBe(9);
});

test("one that is larger than all the room stays until the next comes", () => {
  const lru = new ByteLru<string, number>(10);
  lru.set("small", 1, 1);
  expect(lru.set("large", 2, 100)).toEqual([1]);
  expect(lru.get("large")).toBe(2);
  expect(lru.set("next", 3, 5)).toEqual([2]);
  expect(lru.bytes).toBe(5);
});

test("one that is set again counts once", () => {
  const lru = new ByteLru<string, number>(10);
  lru.set("a", 1, 6);
  expect(lru.set("a", 2, 7)).toEqual([]);
  expect([lru.get("a"), lru.bytes]).toEqual([2, 7]);
});
