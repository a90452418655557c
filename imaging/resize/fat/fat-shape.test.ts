import { expect, test } from "vitest";
import { clusterSizeAt, FatContent, type FatShape, fits, sizesThatFit } from "#imaging/resize/fat/fat-shape.ts";

const MIB = 1 << 20;

test("a FAT32 of 64 MiB, as a small EFI system partition, goes onto sectors of 4096 bytes where it may become 260 MiB", () => {
  const content = new FatContent();
  content.add({ path: "/EFI/BOOT/BOOTX64.EFI", size: 5 * MIB, slots: 0 }, 32);
  const sectorSize = 4096;
  const shape: FatShape = { bits: 32, clusterSize: 512, rootLength: 0, reserved: 33 * sectorSize, fats: 2 };
  const found = sizesThatFit((size) => fits(content, shape, size, sectorSize), 64 * MIB, sectorSize);
  expect(found?.least).toBeGreaterThan(255 * MIB); // 65,525 clusters of one sector
  expect(found?.least).toBeLessThan(262 * MIB);
  expect(clusterSizeAt(shape, found?.least ?? 0, sectorSize)).toBe(4096);
});
