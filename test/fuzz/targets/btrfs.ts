import { btrfs as driver } from "#imaging/filesystem/btrfs/used-blocks.ts";
import { crc32c } from "#imaging/filesystem/crc32c.ts";
import type { HotRange } from "#test/fuzz/hot-places.ts";
import { MIB, made, withFiles } from "#test/fuzz/make-seed.ts";
import { driverTarget } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

const mkfs = (path: string, ...options: string[]) =>
  withFiles((files) => made(path, 128 * MIB, "mkfs.btrfs", "-q", "-f", "-r", files, ...options));

export const target = driverTarget(driver, {
  name: "btrfs",
  seeds: [
    { name: "single", make: (path) => mkfs(path, "-m", "single", "-d", "single", "-L", "label") },
    { name: "dup", make: (path) => mkfs(path, "-m", "dup", "-d", "dup") },
    { name: "mixed-4k", make: (path) => mkfs(path, "--mixed", "-n", "4096") },
  ],
  reseal,
});

/** A superblock and every metadata block begin with the checksum of what is behind their first 32 bytes. */
function reseal(image: SparseImage, reads: readonly HotRange[]): void {
  for (const { offset, length } of reads) {
    if (length < 4096 || length > 64 << 10 || !image.isChanged(offset, length)) continue;
    const sum = new Uint8Array(4);
    new DataView(sum.buffer).setUint32(0, ~crc32c(0xffffffff, image.bytes(offset + 32, length - 32)) >>> 0, true);
    image.write(sum, offset);
  }
}
