import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ntfs as driver } from "#imaging/filesystem/ntfs/used-blocks.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";
import { KIB, MIB, made, withFiles } from "#test/fuzz/make-seed.ts";
import { driverTarget } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

function mkntfs(path: string, size: number, ...options: string[]): void {
  made(path, size, "mkntfs", "-q", "-F", "-Q", "-L", "Volume", ...options);
  withFiles((folder) => {
    writeFileSync(join(folder, "large"), Buffer.alloc(100 * KIB, 1));
    run("ntfscp", "-q", path, join(folder, "large"), "large");
  });
}

export const target = driverTarget(driver, {
  name: "ntfs",
  seeds: [
    { name: "512", make: (path) => mkntfs(path, 4 * MIB, "-c", "512") },
    { name: "4k", make: (path) => mkntfs(path, 8 * MIB, "-c", "4096") },
    { name: "64k", make: (path) => mkntfs(path, 16 * MIB, "-c", "65536") },
  ],
  reseal,
});

const RECORDS = 8;
const STRIDE = 512;

/** Nothing in a record is under a checksum, but a change in the last bytes of a sector looks like a torn write. */
function reseal(image: SparseImage): void {
  const boot = image.bytes(0, 512);
  const view = new DataView(boot.buffer);
  const perCluster = view.getUint8(13);
  const start = Number(view.getBigUint64(0x30, true)) * view.getUint16(11, true) * (perCluster > 128 ? 1 : perCluster);
  if (!Number.isSafeInteger(start) || start >= image.size) return;
  for (let record = 0; record < RECORDS; record++) {
    const at = start + record * 1024;
    const head = image.bytes(at, 1024);
    const fields = new DataView(head.buffer);
    const usa = fields.getUint16(4, true);
    if (usa > 1000) continue;
    for (const end of [STRIDE - 2, 2 * STRIDE - 2]) image.write(head.subarray(usa, usa + 2), at + end);
  }
}
