import { expect, test } from "vitest";
import { decideRetention, type KeptPoint, type Retention } from "#imaging/repository/retention.ts";

const NOTHING: Retention = { last: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 };

const point = (createdAt: string, more: Partial<KeptPoint> = {}): KeptPoint => ({
  path: `/r/points/${createdAt}.lbi`,
  name: createdAt,
  diskId: "one",
  createdAt: `${createdAt}Z`,
  pinned: false,
  ...more,
});
const kept = (points: readonly KeptPoint[], rules: Partial<Retention>) =>
  decideRetention(points, { ...NOTHING, ...rules })
    .filter(({ reasons }) => reasons.length > 0)
    .map((decision) => decision.point.name);

test("the last ones stay, of each disk by itself", () => {
  const points = ["2026-01-01T10:00:00", "2026-01-02T10:00:00", "2026-01-03T10:00:00"].map((at) => point(at));
  const other = point("2025-01-01T10:00:00", { diskId: "two" });
  expect(kept([...points, other], { last: 2 })).toEqual([
    "2026-01-03T10:00:00",
    "2026-01-02T10:00:00",
    "2025-01-01T10:00:00",
  ]);
});

test("of a day, a week, a month and a year the newest stays", () => {
  const points = [
    "2025-12-28T23:00:00", // Sunday of week 52
    "2025-12-29T01:00:00", // Monday of week 1 of 2026
    "2025-12-31T09:00:00",
    "2026-01-01T08:00:00",
    "2026-01-01T20:00:00",
    "2026-02-01T08:00:00",
  ].map((at) => point(at));
  expect(kept(points, { daily: 2 })).toEqual(["2026-02-01T08:00:00", "2026-01-01T20:00:00"]);
  expect(kept(points, { weekly: 3 })).toEqual(["2026-02-01T08:00:00", "2026-01-01T20:00:00", "2025-12-28T23:00:00"]);
  expect(kept(points, { monthly: 12 })).toEqual(["2026-02-01T08:00:00", "2026-01-01T20:00:00", "2025-12-31T09:00:00"]);
  expect(kept(points, { yearly: 2 })).toEqual(["2026-02-01T08:00:00", "2025-12-31T09:00:00"]);
});

test("a pinned point stays whatever the rules are, and takes nobody's place", () => {
  const points = [point("2026-01-01T10:00:00", { pinned: true }), point("2026-01-02T10:00:00")];
  expect(kept(points, {})).toEqual(["2026-01-01T10:00:00"]);
  expect(kept(points, { last: 1 })).toEqual(["2026-01-02T10:00:00", "2026-01-01T10:00:00"]);
});

test("every reason is said", () => {
  const [decision] = decideRetention([point("2026-01-02T10:00:00", { pinned: true })], {
    ...NOTHING,
    last: 3,
    yearly: 1,
  });
  expect(decision?.reasons.map(({ text }) => text)).toEqual(["pinned", "one of the last 3", "newest of its year"]);
});
