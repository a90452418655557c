import { expect, test } from "vitest";
import { Pace } from "./pace.ts";

test("all that share a pace get it together, in their order; a pause is made up for a little only", () => {
  const pace = new Pace(1000);
  expect(pace.next(500, 10_000)).toBe(0);
  expect(pace.next(500, 10_000)).toBe(300);
  expect(pace.next(1000, 10_000)).toBe(800);
  expect(pace.next(100, 60_000)).toBe(0);
  expect(pace.next(100, 60_000)).toBe(0);
  expect(pace.next(100, 60_000)).toBe(0);
  expect(pace.next(100, 60_000)).toBe(100);
});

test("a turn is waited for", async () => {
  const pace = new Pace(1 << 20);
  const begun = performance.now();
  for (let i = 0; i < 3; i++) await pace.take(256 << 10);
  // The first begins at once, and makes up for a fifth of a second.
  expect(performance.now() - begun).toBeGreaterThan(290);
});
