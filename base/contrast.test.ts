import { expect, test } from "vitest";
import { contrast, readableOn } from "./contrast.ts";

test("black on white is 21, a colour on itself 1, and the order does not matter", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#1a5fb4", "#1a5fb4")).toBe(1);
  // As WCAG's own tools have it: #767676 is the lightest grey that text on white may have.
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(contrast("#ffffff", "#767676")).toBeCloseTo(4.54, 2);
});

test("what is read better", () => {
  expect([readableOn("#0f2d45"), readableOn("#ffe066")]).toEqual(["#ffffff", "#000000"]);
});
