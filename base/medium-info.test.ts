import { expect, test } from "vitest";
import {
  ageInDays,
  compareMedia,
  isOld,
  type MediumInfo,
  parseMediumInfo,
  serialiseMediumInfo,
} from "#base/medium-info.ts";

const info = (change: Partial<MediumInfo> = {}): MediumInfo => ({
  ...{ format: 1, id: "0123456789abcdef", version: "0.9.2", packagesAt: "2026-03-01T00:00:00.000Z" },
  ...change,
});

test("what is written is read, and nothing else is", () => {
  expect(parseMediumInfo(serialiseMediumInfo(info()))).toEqual(info());
  for (const text of ["", "Lifeboat\n", "{}", JSON.stringify({ ...info(), format: 2 }), '{"format":1,"id":"../x"}'])
    expect(parseMediumInfo(text), text).toBeUndefined();
});

test.each([
  ["same", {}, {}],
  ["older", { version: "0.9.2", id: "a".repeat(16) }, { version: "0.10.0" }],
  ["newer", { version: "1.0.0", id: "a".repeat(16) }, { version: "0.10.0" }],
  ["older", { id: "a".repeat(16), packagesAt: "2026-02-28T23:59:59.000Z" }, {}],
  ["newer", { id: "a".repeat(16), packagesAt: "2026-03-01T00:00:01.000Z" }, {}],
  ["differs", { id: "a".repeat(16) }, {}],
] as const)("%s: %j beside %j", (age, one, known) => {
  expect(compareMedia(info(one), info(known))).toBe(age);
});

test("a Lifeboat without a medium knows its version alone", () => {
  expect(compareMedia(info(), { version: "0.9.2" })).toBe("same");
  expect(compareMedia(info(), { version: "0.9.10" })).toBe("older");
});

test("half a year is old, and a clock that is wrong says nothing", () => {
  const now = (text: string) => Date.parse(text);
  expect(isOld(info(), now("2026-08-27T00:00:00Z"))).toBe(false);
  expect(isOld(info(), now("2026-08-30T00:00:00Z"))).toBe(true);
  expect(ageInDays(info(), now("2026-03-11T12:00:00Z"))).toBe(10);
  expect(ageInDays(info(), now("2000-01-01T00:00:00Z"))).toBeUndefined();
  expect(isOld(info(), now("2000-01-01T00:00:00Z"))).toBe(false);
});
