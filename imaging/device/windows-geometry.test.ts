import { expect, test } from "vitest";
import { agrees, findGeometry, type Probe } from "#imaging/device/windows-geometry.ts";

const GIB = 2 ** 30;

/** A disk of Windows: whole sectors, an error behind its end, and perhaps one at a bad sector. */
function disk(size: number, sectorSize: number, bad?: number): { probe: Probe; reads: () => number } {
  let reads = 0;
  const fail = (code: string) => Object.assign(new Error(code), { code });
  const probe: Probe = async (offset, length) => {
    reads++;
    if (offset % sectorSize !== 0 || length % sectorSize !== 0) throw fail("EINVAL");
    if (offset + length > size) throw fail("UNKNOWN"); // ERROR_SECTOR_NOT_FOUND has no name in libuv
    if (bad !== undefined && bad >= offset && bad < offset + length) throw fail("EIO");
    return length;
  };
  return { probe, reads: () => reads };
}

test.each([
  [500_107_862_016, 512],
  [500_107_862_016, 4096],
  [16 * 2 ** 40 - 4096, 4096],
  [1474560, 512],
  [8 * GIB, 512],
  [8 * GIB + 512, 512],
  [8 * GIB - 512, 512],
] as const)("a disk of %i bytes in sectors of %i is measured", async (size, sectorSize) => {
  const { probe, reads } = disk(size, sectorSize);
  expect(await findGeometry(probe)).toEqual({ size, sectorSize });
  expect(reads()).toBeLessThan(100);
});

test("a bad sector, wherever it is, does not make the disk smaller", async () => {
  for (const bad of [1 << 20, 4 * GIB, 2 * GIB, 6 * GIB, 8 * GIB - 512, 512])
    expect((await findGeometry(disk(8 * GIB, 512, bad).probe))?.size, `bad at ${bad}`).toBe(8 * GIB);
});

test("one that cannot be read at all has no size", async () => {
  expect(await findGeometry(async () => Promise.reject(new Error("EACCES")))).toBeUndefined();
  expect(await findGeometry(async () => 0)).toBeUndefined();
});

test("a size by reading is held against the rounded one of the system", () => {
  expect(agrees(500_107_862_016, 465 * GIB, GIB)).toBe(true);
  expect(agrees(250 * GIB, 465 * GIB, GIB)).toBe(false);
  expect(agrees(250 * GIB, undefined, GIB)).toBe(true);
});
