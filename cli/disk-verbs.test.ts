import { expect, test } from "vitest";
import { describeDisks, partitionTable } from "#cli/disk-verbs.ts";
import { sampleDisk, samplePartition } from "#test/doubles/sample-plan.ts";

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

test("no name on a disk makes a line of its own in a list", () => {
  const forged = "x\n/dev/sdz  1 TiB";
  const filesystem = { type: "ext4", label: forged, blockSize: 4096, size: 1 << 20, warnings: [forged] };
  const disk = sampleDisk({ model: forged, unreadable: { reason: "gone", text: forged } });
  const lines = `${describeDisks([disk])}\n${partitionTable([samplePartition(1, { filesystem })])}`.split("\n");
  expect(lines).toHaveLength(6);
  expect(lines.filter((line) => line.startsWith("/dev/sdz"))).toEqual([]);
});
