import { expect, test } from "vitest";
import { isDue, lastQuietTime } from "./quiet-time.ts";

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
const quietTime = "05:00";
const ran = (time: number) => ({ quietTime, setAt: at(1, 12), last: { at: time, deleted: 0, freed: 0, later: 0 } });

test("the quiet time is this morning's, or before it yesterday's, over the end of a month too", () => {
  expect(lastQuietTime(at(10, 5), quietTime)).toBe(at(10, 5));
  expect(lastQuietTime(at(10, 4, 59), quietTime)).toBe(at(9, 5));
  expect(lastQuietTime(at(1, 3), quietTime)).toBe(new Date(2026, 9, 31, 5).getTime());
});

test("rules are not applied before the first quiet time after they were set", () => {
  expect(isDue({ quietTime, setAt: at(10, 4) }, at(10, 4, 30))).toBe(false);
  expect(isDue({ quietTime, setAt: at(10, 6) }, at(10, 23))).toBe(false);
  expect(isDue({ quietTime, setAt: at(10, 6) }, at(11, 5, 1))).toBe(true);
});

test("once a day; days that the server was off are made up for by one run", () => {
  expect(isDue(ran(at(10, 5, 3)), at(11, 4))).toBe(false);
  expect(isDue(ran(at(10, 5, 3)), at(11, 5))).toBe(true);
  expect(isDue(ran(at(10, 5, 3)), at(14, 15))).toBe(true);
  expect(isDue(ran(at(14, 15)), at(14, 16))).toBe(false);
});

test("another quiet time counts from its own minute on, and one before midnight is the evening's", () => {
  const rules = { quietTime: "23:30", setAt: at(10, 12) };
  expect(lastQuietTime(at(10, 23, 29), "23:30")).toBe(at(9, 23, 30));
  expect([isDue(rules, at(10, 23, 29)), isDue(rules, at(10, 23, 31)), isDue(rules, at(11, 5))]).toEqual([
    ...[false, true, true],
  ]);
});
