import { expect, it } from "vitest";
import type { EditedPartition } from "#rescue/api/contract.ts";
import { dragged, editsTo, sizesOf, startsOf } from "#ui/partitions/place.ts";

const MIB = 1024 ** 2;
/** From 100 to 300 MiB, between neighbours that leave room from 50 to 500. */
const one: EditedPartition = {
  ...{ number: 2, source: 2, start: 100 * MIB, size: 200 * MIB, type: "0x83", typeName: "Linux", active: false },
  ...{ role: "primary", isFormatted: false, least: 120 * MIB, most: 350 * MIB },
  room: { start: 50 * MIB, end: 500 * MIB },
};
const mib = ({ start, size }: { start: number; size: number }) => [start / MIB, size / MIB];

it.each([
  ["body", 30, [130, 200]],
  ["body", -80, [50, 200]],
  ["body", 900, [300, 200]],
  ["end", 60, [100, 260]],
  ["end", 900, [100, 350]],
  ["end", -900, [100, 120]],
  ["start", -20, [80, 220]],
  ["start", -900, [50, 250]],
  ["start", 900, [180, 120]],
] as const)("%s dragged by %d MiB stays in its room and within what its file system allows", (hold, by, place) => {
  expect(mib(dragged(one, hold, by * MIB))).toEqual(place);
});

it("ends on whole MiB, also where the pointer was between them and the partition was not", () => {
  const crooked = { ...one, start: 100 * MIB + 512 };
  expect(dragged(crooked, "end", 1234567).start).toBe(crooked.start);
  expect((crooked.start + dragged(crooked, "end", 1234567).size) % MIB).toBe(0);
  expect(dragged(crooked, "body", 1).start % MIB).toBe(0);
});

it("cannot become what it is not known that it can", () => {
  const fixed = { ...one, least: one.size, most: one.size };
  expect(sizesOf(fixed)).toEqual([one.size, one.size]);
  expect(mib(dragged(fixed, "end", -50 * MIB))).toEqual([100, 200]);
  const tight = { ...one, room: { start: one.start, end: one.start + one.size } };
  expect(startsOf(tight)).toEqual([one.start, one.start]);
});

it("is made small before it moves, and large behind that", () => {
  const ops = (start: number, size: number) =>
    editsTo(one, { start: start * MIB, size: size * MIB }).map(({ op }) => op);
  expect(ops(150, 150)).toEqual(["resize", "move"]);
  expect(ops(80, 220)).toEqual(["move", "resize"]);
  expect(ops(100, 200)).toEqual([]);
});
