import { expect, it } from "vitest";
import { isPowerOfTwo, readWithin } from "#imaging/filesystem/volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

it.each([
  [0, 4097],
  [4096, 1],
  [-1, 1],
  [Number.NaN, 1],
  [0, 2 ** 52],
])("calls a read at %d of %d bytes damage, before it takes any memory", async (offset, length) =>
  expect(readWithin(memoryDevice(4096), "ext4", offset, length, "a table")).rejects.toMatchObject({
    code: "FILESYSTEM_DAMAGED",
  }),
);

it("reads up to the last byte", async () =>
  expect(await readWithin(memoryDevice(4096), "ext4", 4095, 1, "a table")).toHaveLength(1));

it.each([
  [512, true],
  [4096, true],
  [0, false],
  [256, false],
  [8192, false],
  [1536, false],
])("isPowerOfTwo(%d, 512, 4096) is %s", (value, wanted) => expect(isPowerOfTwo(value, 512, 4096)).toBe(wanted));
