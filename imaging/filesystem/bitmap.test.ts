import { expect, it } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { addSetBits, countSetBits, testBit } from "#imaging/filesystem/bitmap.ts";

const runsOf = (bitmap: number[], bits: number) => {
  const extents = new ExtentList();
  addSetBits(extents, { bitmap: Uint8Array.from(bitmap), bits, origin: 100, unit: 10 });
  return [...extents].map(({ start, end }) => [start, end]);
};

it.each([
  ["nothing of zeros", [0, 0], 16, []],
  ["one run of ones", [0xff, 0xff], 16, [[100, 260]]],
  ["no padding", [0xff, 0xff], 11, [[100, 210]]],
  ["a run across bytes", [0x80, 0xff, 0x01], 24, [[170, 270]]],
  [
    "single bits, the first and last among them",
    [0x81, 0x10, 0x80],
    24,
    [
      [100, 110],
      [170, 180],
      [220, 230],
      [330, 340],
    ],
  ],
])("maps %s", (_what, bitmap, bits, expected) => expect(runsOf(bitmap, bits)).toEqual(expected));

it("agrees with a bit by bit reading on random bitmaps of every length", () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed;
  };
  for (let bits = 1; bits < 200; bits++) {
    const bitmap = Uint8Array.from({ length: 25 }, () => [0, 0xff, random() & 0xff][random() % 3] as number);
    const extents = new ExtentList();
    addSetBits(extents, { bitmap, bits, origin: 0, unit: 1 });
    const covered = new Set(
      [...extents].flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
    );
    const set = Array.from({ length: bits }, (_, bit) => bit).filter((bit) => testBit(bitmap, bit));
    expect([...covered]).toEqual(set);
    expect(countSetBits(bitmap, bits)).toBe(set.length);
  }
});
