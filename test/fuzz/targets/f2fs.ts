import { checksum } from "#imaging/filesystem/f2fs/layout.ts";
import { f2fs as driver } from "#imaging/filesystem/f2fs/used-blocks.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";
import type { HotRange } from "#test/fuzz/hot-places.ts";
import { MIB, made, withFiles } from "#test/fuzz/make-seed.ts";
import { driverTarget } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

function mkfs(path: string, ...options: string[]): void {
  made(path, 64 * MIB, "mkfs.f2fs", "-q", "-f", ...options);
  withFiles((files) => run("sload.f2fs", "-f", files, path));
}

export const target = driverTarget(driver, {
  name: "f2fs",
  seeds: [
    { name: "plain", make: (path) => mkfs(path, "-l", "label") },
    { name: "checksum", make: (path) => mkfs(path, "-O", "extra_attr,sb_checksum") },
  ],
  reseal,
});

const BLOCK = 4096;

/** The superblocks where they have a checksum, and every block that says where its own is, as checkpoints do. */
function reseal(image: SparseImage, reads: readonly HotRange[]): void {
  for (const { offset, length } of reads) {
    if (!image.isChanged(offset, length)) continue;
    const block = image.bytes(offset, length);
    const view = new DataView(block.buffer);
    if (length === BLOCK) {
      const at = view.getUint32(164, true);
      if (at >= 192 && at <= BLOCK - 4 && at % 4 === 0) seal(image, offset, block, at);
    } else if (length > 3068 && view.getUint32(32, true) === 3068) seal(image, offset, block, 3068);
  }
}

function seal(image: SparseImage, offset: number, block: Uint8Array, at: number): void {
  let sum = checksum(block.subarray(0, at));
  if (block.length === BLOCK && at < BLOCK - 4) sum = checksum(block.subarray(at + 4), sum);
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, sum, true);
  image.write(bytes, offset + at);
}
