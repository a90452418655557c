import { expect, test } from "vitest";
import { mergeBad } from "#imaging/salvage/bad-extent.ts";

test("what touches and is of one state becomes one, in order", () => {
  const bad = (start: number, end: number) => ({ start, end, state: "bad" as const });
  const other = { start: 20, end: 30, state: "given-up" as const };
  const given = [bad(30, 40), bad(10, 20), other, bad(5, 10), bad(50, 60), bad(40, 45)];
  expect(mergeBad(given)).toEqual([bad(5, 20), other, bad(30, 45), bad(50, 60)]);
  expect(given[0]).toEqual(bad(30, 40));
});
