import { expect, test } from "vitest";
import { toldIn, toldLine } from "#base/told-line.ts";

test("what is said comes with its keys, and another line is none of it", () => {
  const says = [
    { text: "Waiting: gone", said: { key: "goes.waiting", values: { problem: "gone" } } },
    { text: "as it is" },
  ];
  expect(toldIn(toldLine(says))).toEqual(says);
  for (const line of ['{"error":{"code":"READ_FAILED"}}', "{", "1 of 2: writing"]) expect(toldIn(line)).toBeUndefined();
});
