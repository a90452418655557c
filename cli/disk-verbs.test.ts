import { expect, test } from "vitest";
import { describeDisks } from "#cli/disk-verbs.ts";
import { sampleDisk } from "#test/doubles/sample-plan.ts";

const stateOf = (changes: Parameters<typeof sampleDisk>[0]): string[] =>
  describeDisks([sampleDisk(changes)])
    .split("\n")
    .slice(1)
    .map((line) => line.split(/ {2,}/).slice(4, 6).join(" | ") || line);

test("a list tells disks that are free, in use, read-only and not to be read apart", () => {
  expect(stateOf({})).toEqual(["- | free"]);
  expect(stateOf({ inUse: ["/dev/sda1 is mounted at /"] })).toEqual(["- | in use"]);
  expect(stateOf({ readOnly: true })).toEqual(["- | read-only"]);
});

test.each([
  ["not-permitted", "not permitted"],
  ["no-medium", "no medium"],
  ["gone", "gone"],
  ["failing", "unreadable"],
] as const)("a disk that is %s has no table that is known, and a line that says why", (reason, state) => {
  const unreadable = { reason, text: "the reason" };
  expect(stateOf({ unreadable })).toEqual([`? | ${state}`, "! /dev/sda: the reason"]);
});
