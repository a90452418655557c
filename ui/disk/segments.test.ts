import { expect, it } from "vitest";
import { segmentsOf } from "#ui/disk/segments.ts";

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;
const partition = (number: number, start: number, size: number, role: "primary" | "extended" | "logical" = "primary") =>
  ({ number, start, size, type: "0x83", typeName: "Linux", active: false, role }) as const;

const drawn = (partitions: ReturnType<typeof partition>[]) =>
  segmentsOf({ size: 100 * GiB, partitions }, "erase").map((s) => [s.role, s.number, s.bytes]);

it("draws partitions in the order of the disk, with the free ranges between them", () => {
  expect(drawn([partition(2, 60 * GiB, 20 * GiB), partition(1, MiB, 40 * GiB - MiB)])).toEqual([
    ["erase", "1", 40 * GiB - MiB],
    ["free", "", 20 * GiB],
    ["erase", "2", 20 * GiB],
    ["free", "", 20 * GiB],
  ]);
});

it("draws an extended partition as what it holds", () => {
  const extended = partition(2, 50 * GiB, 50 * GiB, "extended");
  const logical = partition(5, 50 * GiB + MiB, 50 * GiB - MiB, "logical");
  expect(drawn([partition(1, MiB, 50 * GiB - MiB), extended, logical]).map(([, number]) => number)).toEqual(["1", "5"]);
});

it("draws an empty disk as one free range, and a file system without a table as the whole disk", () => {
  expect(drawn([])).toEqual([["free", "", 100 * GiB]]);
  expect(drawn([partition(0, 0, 100 * GiB)])).toEqual([["erase", "", 100 * GiB]]);
});

it("says of a free range how much of it can be used, where that is known", () => {
  const partitions = [partition(1, MiB, 40 * GiB - 512)];
  const free = [{ start: 40 * GiB + MiB, end: 100 * GiB - MiB, inside: "disk" }];
  const [, rest] = segmentsOf({ size: 100 * GiB, partitions, free }, "now");
  expect([rest?.key, rest?.bytes]).toEqual([`free-${40 * GiB + MiB - 512}`, 60 * GiB - 2 * MiB]);
  expect(segmentsOf({ size: 100 * GiB, partitions, free: [] }, "now")).toHaveLength(1);
});
