import { expect, test } from "vitest";
import { readBytes } from "#imaging/device/block-device.ts";
import { withHead } from "#imaging/device/with-head.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

test("reads and writes at the start are of the head alone, across its end of both, and behind it of the device", async () => {
  const device = memoryDevice(new Uint8Array(4096).fill(1));
  const head = new Uint8Array(1024).fill(2);
  const both = withHead(device, head);
  expect([...(await readBytes(both, 1022, 4))]).toEqual([2, 2, 1, 1]);
  await both.write(Uint8Array.of(3, 4, 5, 6), 1022);
  await both.write(Uint8Array.of(7), 0);
  await both.write(Uint8Array.of(8), 4095);
  expect([...(await readBytes(both, 1022, 4))]).toEqual([3, 4, 5, 6]);
  expect([head[0], head[1022], head[1023]]).toEqual([7, 3, 4]);
  // What is beneath the head stays.
  expect(device.bytes.subarray(0, 1024).every((byte) => byte === 1)).toBe(true);
  expect([device.bytes[1024], device.bytes[1025], device.bytes[4095]]).toEqual([5, 6, 8]);
});
