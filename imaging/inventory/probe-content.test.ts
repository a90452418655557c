import { expect, test } from "vitest";
import { probeContent, probedExtents } from "#imaging/inventory/probe-content.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MIB = 1 << 20;
const SIZE = 64 * MIB;

test("a blank disk is blank", async () => {
  for (const size of [0, 512, MIB, SIZE]) expect((await probeContent(memoryDevice(size))).isBlank).toBe(true);
});

test.each([0, MIB - 1, MIB + 1080, 2 * MIB + 0x1_0040, 16 * MIB, SIZE - MIB, SIZE - 1])(
  "one byte at %i is seen, and changes the digest",
  async (at) => {
    const device = memoryDevice(SIZE);
    const blank = await probeContent(device);
    device.bytes[at] = 1;
    const probe = await probeContent(device);
    expect([probe.isBlank, probe.digest === blank.digest]).toEqual([false, false]);
  },
);

test("a file system far behind a lost table is seen", async () => {
  const device = memoryDevice(SIZE);
  device.bytes.fill(7, 40 * MIB, 41 * MIB);
  expect((await probeContent(device)).isBlank).toBe(false);
});

test("what cannot be read is not taken for blank", async () => {
  const device = memoryDevice(SIZE);
  const read = async (into: Uint8Array, offset: number) => {
    if (offset === 3 * MIB) throw new Error("EIO");
    await device.read(into, offset);
  };
  expect((await probeContent({ ...device, read })).isBlank).toBe(false);
});

test("a disk of 16 TB takes about 150 reads, in order, of a few MiB", () => {
  const size = 16e12;
  const extents = probedExtents(size);
  expect(extents.length).toBeLessThan(160);
  expect(extents.map(({ start }) => start)).toEqual(extents.map(({ start }) => start).toSorted((a, b) => a - b));
  expect(extents.reduce((sum, { start, end }) => sum + end - start, 0)).toBeLessThan(8 * MIB);
  const gaps = extents.slice(1).map(({ start }, i) => start - (extents[i]?.end ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(size / 125);
  expect(extents.at(-1)?.end).toBe(size);
});
