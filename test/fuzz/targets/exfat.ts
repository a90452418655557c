import { exfat as driver } from "#imaging/filesystem/exfat/used-blocks.ts";
import { MIB, made } from "#test/fuzz/make-seed.ts";
import { driverTarget } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

export const target = driverTarget(driver, {
  name: "exfat",
  seeds: [
    { name: "4m", make: (path) => made(path, 4 * MIB, "mkfs.exfat", "-L", "label") },
    { name: "4k", make: (path) => made(path, 16 * MIB, "mkfs.exfat", "-c", "4096") },
    { name: "512", make: (path) => made(path, 4 * MIB, "mkfs.exfat", "-c", "512") },
  ],
  reseal,
});

/** Microsoft's specification, figure 1: VolumeFlags and PercentInUse do not count. */
const UNCHECKED = [106, 107, 112];

function reseal(image: SparseImage): void {
  const shift = image.bytes(108, 1)[0] ?? 0;
  if (shift < 9 || shift > 12) return;
  for (const region of [0, 12]) {
    const start = region << shift;
    if (!image.isChanged(start, 12 << shift)) continue;
    const checked = image.bytes(start, 11 << shift);
    let sum = 0;
    for (let i = 0; i < checked.length; i++)
      if (!UNCHECKED.includes(i)) sum = ((((sum & 1) << 31) | (sum >>> 1)) + (checked[i] ?? 0)) >>> 0;
    image.write(new Uint8Array(new Uint32Array((1 << shift) / 4).fill(sum).buffer), start + (11 << shift));
  }
}
