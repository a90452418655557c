import { expect, test } from "vitest";
import { lastStart, opensAt, Window } from "./window.ts";

/** Local time, of November 2026: the 2nd is a Monday. */
const at = (day: number, hours: number, minutes = 0): number => new Date(2026, 10, day, hours, minutes).getTime();
const night: Window = { from: "22:00", to: "05:00" };
const day: Window = { from: "09:30", to: "17:00" };

test.each([
  [night, at(2, 22), undefined],
  [night, at(2, 23, 59), undefined],
  [night, at(3, 4, 59), undefined],
  [night, at(3, 5), at(3, 22)],
  [night, at(3, 21, 59), at(3, 22)],
  [day, at(3, 9, 29), at(3, 9, 30)],
  [day, at(3, 9, 30), undefined],
  [day, at(3, 17), at(4, 9, 30)],
  [undefined, at(3, 17), undefined],
])("a window %j is open, or opens next", (window, now, expected) => {
  expect(opensAt(window, now)).toBe(expected);
});

test("the last start of a run is on one of its days, and not in the future", () => {
  expect(lastStart(night, ["mon"], at(2, 21, 59))).toBe(new Date(2026, 9, 26, 22).getTime());
  expect(lastStart(night, ["mon"], at(2, 22))).toBe(at(2, 22));
  expect(lastStart(night, ["mon"], at(4, 3))).toBe(at(2, 22));
  expect(lastStart(night, ["mon", "wed"], at(4, 22))).toBe(at(4, 22));
  expect(lastStart(night, [], at(4, 22))).toBe(undefined);
});

test("times that are none, and a window without length, are refused", () => {
  for (const window of [
    { from: "24:00", to: "05:00" },
    { from: "22", to: "05:00" },
    { from: "22:00", to: "22:00" },
  ])
    expect(Window.safeParse(window).success).toBe(false);
});
