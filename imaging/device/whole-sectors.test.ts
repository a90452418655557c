import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { readBytes } from "#imaging/device/block-device.ts";
import { wholeSectors } from "#imaging/device/whole-sectors.ts";
import { strictDevice } from "#test/doubles/strict-device.ts";

const SECTOR = 4096;
const SIZE = 3 << 20;
const CONTENT = new Uint8Array(randomBytes(SIZE));

/** Around sectors, and longer than what is copied at once. */
const RANGES = [
  [0, 1],
  [1, 4095],
  [4095, 2],
  [4096, 4096],
  [5000, 1_500_000],
  [4096, 2 << 20],
  [SIZE - 1, 1],
  [SIZE - 5000, 5000],
  [7, 0],
] as const;

test.each(RANGES)("reads from byte %i of %i bytes are those of the device", async (offset, length) => {
  const found = await readBytes(wholeSectors(strictDevice(CONTENT.slice(), SECTOR)), offset, length);
  expect(Buffer.compare(found, CONTENT.subarray(offset, offset + length))).toBe(0);
});

test.each(RANGES)("a write to byte %i of %i bytes changes these, and no other", async (offset, length) => {
  const device = strictDevice(CONTENT.slice(), SECTOR);
  const wanted = CONTENT.slice();
  const content = randomBytes(length);
  wanted.set(content, offset);
  await wholeSectors(device).write(content, offset);
  expect(Buffer.compare(device.bytes, wanted)).toBe(0);
});
