import { crc32c } from "#imaging/filesystem/crc32c.ts";
import { ext as driver } from "#imaging/filesystem/ext/used-blocks.ts";
import { KIB, MIB, made, withFiles } from "#test/fuzz/make-seed.ts";
import { driverTarget } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

const mke2fs = (path: string, size: number, ...options: string[]) =>
  withFiles((files) => made(path, size, "mke2fs", "-q", "-F", "-E", "nodiscard", "-d", files, ...options));
/** Little room to grow: the inode that keeps hundreds of blocks for it would be most of what is read. */
const FIXED = ["-E", "resize=65536"];

export const target = driverTarget(driver, {
  name: "ext",
  seeds: [
    { name: "ext2-1k", make: (path) => mke2fs(path, 4 * MIB, "-t", "ext2", "-b", "1024", ...FIXED) },
    { name: "ext3-1k", make: (path) => mke2fs(path, 8 * MIB, "-t", "ext3", "-b", "1024", "-g", "1024", ...FIXED) },
    { name: "ext4-4k", make: (path) => mke2fs(path, 8 * MIB, "-t", "ext4", "-b", "4096", "-L", "label") },
    { name: "ext4-groups", make: (path) => mke2fs(path, 8 * MIB, "-t", "ext4", "-b", "1024", "-g", "256", ...FIXED) },
    {
      name: "uninit",
      make: (path) =>
        mke2fs(path, 8 * MIB, "-t", "ext4", "-g", "512", "-O", "^metadata_csum,uninit_bg", "-b", "1024", ...FIXED),
    },
    { name: "bigalloc", make: (path) => mke2fs(path, 16 * MIB, "-t", "ext4", "-O", "bigalloc", "-C", "16384") },
    {
      name: "meta-bg",
      make: (path) => mke2fs(path, 8 * MIB, "-t", "ext4", "-O", "meta_bg,^resize_inode", "-b", "1024", "-g", "256"),
    },
  ],
  reseal,
});

const SUPERBLOCK = 1024;

/** The superblock's checksum, then those of all group descriptors and block bitmaps that can be found by it. */
function reseal(image: SparseImage): void {
  const raw = image.bytes(SUPERBLOCK, 1024);
  const view = new DataView(raw.buffer);
  const [compatible, incompatible] = [view.getUint32(0x64, true), view.getUint32(0x60, true)];
  if (!(compatible & 0x400)) return;
  view.setUint32(0x3fc, crc32c(0xffffffff, raw.subarray(0, 0x3fc)), true);
  image.write(raw.subarray(0x3fc), SUPERBLOCK + 0x3fc);
  const seed = incompatible & 0x2000 ? view.getUint32(0x270, true) : crc32c(0xffffffff, raw.subarray(0x68, 0x78));
  const blockSize = (1 * KIB) << Math.min(view.getUint32(0x18, true), 6);
  const size = incompatible & 0x80 ? Math.max(32, view.getUint16(0xfe, true)) : 32;
  resealGroups(image, {
    seed,
    size,
    start: blockSize === KIB ? 2 * KIB : blockSize,
    blockSize,
    perGroup: view.getUint32(0x20, true),
  });
}

interface Groups {
  readonly seed: number;
  readonly size: number;
  readonly start: number;
  readonly blockSize: number;
  readonly perGroup: number;
}

/** As many as the seeds have; those of meta_bg's later blocks stay as they are. */
const GROUPS = 32;

function resealGroups(image: SparseImage, { seed, size, start, blockSize, perGroup }: Groups): void {
  if (size > 1024) return;
  for (let group = 0; group < GROUPS; group++) {
    const raw = image.bytes(start + group * size, size);
    const view = new DataView(raw.buffer);
    if (view.getUint32(0, true) === 0) return;
    const bits = Math.min(perGroup, blockSize * 8);
    const bitmap = image.bytes(view.getUint32(0, true) * blockSize, bits / 8);
    const sum = crc32c(seed, bitmap);
    view.setUint16(0x18, sum & 0xffff, true);
    if (size >= 64) view.setUint16(0x38, sum >>> 16, true);
    view.setUint16(0x1e, 0, true);
    view.setUint16(0x1e, crc32c(crc32c(seed, Uint8Array.of(group, 0, 0, 0)), raw) & 0xffff, true);
    image.write(raw, start + group * size);
  }
}
