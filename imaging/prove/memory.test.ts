import { expect, test } from "vitest";
import { availableMemory, chooseMemory } from "#imaging/prove/memory.ts";

test.each([
  [8000, 2048],
  [2048 + 384, 2048],
  [2000, 1536],
  [1200, 768],
])("of %i MiB a guest gets %i", (available, expected) => {
  expect(chooseMemory(undefined, available)).toBe(expected);
});

test("too little is refused before anything is started", () => {
  expect(() => chooseMemory(undefined, 1000)).toThrow("PROOF_NO_MEMORY");
  expect(() => chooseMemory(4096, 4096)).toThrow(/4096 MiB .* 4096 MiB are free/);
  expect(chooseMemory(512, 1000)).toBe(512);
  expect(() => chooseMemory(1, 1000)).toThrow("USAGE");
});

test("this machine has some", async () => {
  expect(await availableMemory()).toBeGreaterThan(100);
});
