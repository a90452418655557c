import { expect, test } from "vitest";
import { markerSector, readMarker } from "#imaging/restore/marker.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MARKER = { planId: "plan-0123456789abcdef", rootHash: new Uint8Array(32).fill(7), chunks: 4096 };
const disk = (sectorSize = 512) => {
  const device = memoryDevice(1 << 20, sectorSize);
  device.bytes.set(markerSector(MARKER, sectorSize));
  return device;
};

test.each([512, 4096])("the marker is read back from a disk with %i-byte sectors", async (sectorSize) => {
  expect(await readMarker(disk(sectorSize))).toEqual(MARKER);
});

test("it names the undo file of what stood there before; rubbish at that place makes it no marker", async () => {
  const undoId = "6b1ff8f8-6a1c-4d1c-8a46-9b7d6a3c2f10";
  const device = memoryDevice(1 << 20);
  device.bytes.set(markerSector({ ...MARKER, undoId }, 512));
  expect(await readMarker(device)).toEqual({ ...MARKER, undoId });
  device.bytes.fill(0xff, 128, 144);
  expect(await readMarker(device)).toBeUndefined();
});

test.each([0, 16, 128, 440, 446, 510, 511])("a byte at %i that the restore did not write makes it none", async (at) => {
  const device = disk();
  device.bytes[at] = (device.bytes[at] ?? 0) ^ 0x55;
  expect(await readMarker(device)).toBeUndefined();
});

test("no marker on blank, tiny and full disks", async () => {
  expect(await readMarker(memoryDevice(1 << 20))).toBeUndefined();
  expect(await readMarker(memoryDevice(511))).toBeUndefined();
  expect(await readMarker(memoryDevice(new Uint8Array(4096).fill(0xff)))).toBeUndefined();
});
