import { expect, test } from "vitest";
import { readBytes } from "#imaging/device/block-device.ts";
import { PlainLayout } from "#imaging/volume/bitlocker/plain-device.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const K = 1024;
const LAYOUT = {
  size: 100 * K,
  metadata: [20, 40, 60].map((at) => ({ start: at * K, end: (at + 4) * K })),
  // It touches the metadata in front of it, as Windows lays it out.
  movedHeader: { start: 24 * K, end: 26 * K },
};

test("the start comes from where it was moved to, and zeros are where metadata lies", async () => {
  const bytes = Uint8Array.from({ length: 100 * K }, (_, i) => 1 + Math.floor(i / K));
  const device = new PlainLayout(LAYOUT).device(memoryDevice(bytes));
  const expected = bytes.slice();
  expected.set(bytes.subarray(24 * K, 26 * K));
  for (const { start, end } of [...LAYOUT.metadata, LAYOUT.movedHeader]) expected.fill(0, start, end);
  expect(await readBytes(device, 0, 100 * K)).toEqual(expected);
  for (const [at, length] of [
    [K - 1, 3],
    [2 * K - 1, 2],
    [19 * K, 8 * K],
    [43 * K + 7, 20 * K],
  ] as const)
    expect(await readBytes(device, at, length)).toEqual(expected.slice(at, at + length));
});

test.each([
  ["the moved start", 0, 2 * K, [[24, 26]]],
  [
    "across its end",
    K,
    3 * K,
    [
      [2, 3],
      [25, 26],
    ],
  ],
  ["plain data", 30 * K, 31 * K, [[30, 31]]],
  ["only metadata", 40 * K, 44 * K, []],
  [
    "across metadata and the moved start's place",
    19 * K,
    27 * K,
    [
      [19, 20],
      [26, 27],
    ],
  ],
  ["less than a sector", 30 * K + 1, 30 * K + 2, [[30, 30.5]]],
  [
    "all",
    0,
    100 * K,
    [
      [2, 20],
      [24, 40],
      [44, 60],
      [64, 100],
    ],
  ],
])("%s is found on the outer volume", (_name, start, end, expected) => {
  const outer = new PlainLayout(LAYOUT).toOuter([{ start, end }], 512);
  expect([...outer].map((extent) => [extent.start / K, extent.end / K])).toEqual(expected);
});
