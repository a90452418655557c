import { expect, it } from "vitest";
import { lineOf, plotOf, roundUp } from "#ui/console/server/plot.ts";

const GIB = 2 ** 30;

it.each([
  [0, 1],
  [1, 1],
  [3 * GIB, 5 * GIB],
  [5 * GIB, 5 * GIB],
  [120 * GIB, 200 * GIB],
  [900 * GIB, 1000 * GIB],
  [1.5 * 1024 * GIB, 2 * 1024 * GIB],
])("%d bytes lie below %d", (bytes, top) => expect(roundUp(bytes)).toBeCloseTo(top));

it("puts days at their distance, and sizes above zero", () => {
  const plot = plotOf([
    { day: "2026-02-27", bytes: 0 },
    { day: "2026-02-28", bytes: 5 * GIB },
    { day: "2026-03-03", bytes: 10 * GIB },
  ]);
  const [a, b, c] = plot?.points ?? [];
  expect([a?.x, c?.x]).toEqual([plot?.left, plot?.right]);
  expect(((b?.x ?? 0) - (a?.x ?? 0)) / ((c?.x ?? 0) - (a?.x ?? 0))).toBeCloseTo(1 / 4);
  expect([a?.y, c?.y]).toEqual([plot?.bottom, plot?.marks.at(-1)?.y]);
  expect(plot?.marks.map(({ bytes }) => bytes)).toEqual([0, 5 * GIB, 10 * GIB]);
  expect(
    lineOf([
      { x: 1, y: 2 },
      { x: 3.25, y: 4 },
    ]),
  ).toBe("M1.0 2.0L3.3 4.0");
});

it("draws no line of one figure", () => {
  expect(plotOf([])).toBeUndefined();
  expect(plotOf([{ day: "2026-11-30", bytes: 1 }])).toBeUndefined();
});
