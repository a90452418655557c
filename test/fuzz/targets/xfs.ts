import { rmSync, writeFileSync } from "node:fs";
import { crc32c } from "#imaging/filesystem/crc32c.ts";
import { xfs as driver } from "#imaging/filesystem/xfs/used-blocks.ts";
import type { HotRange } from "#test/fuzz/hot-places.ts";
import { MIB, made } from "#test/fuzz/make-seed.ts";
import { driverTarget } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

/** A prototype file: mkfs.xfs fills the root directory by it. */
function mkfs(path: string, ...options: string[]): void {
  const files = Array.from({ length: 40 }, (_, i) => `f${i} ---644 0 0 /etc/hostname`);
  writeFileSync(`${path}.files`, ["/dev/null", "0 0", "d--755 0 0", ...files, "$", "$", ""].join("\n"));
  // With small blocks the log is small, all of which is read. What xfstests sets: without it nothing below 300 MiB is made.
  const small = ["TEST_DIR=1", "TEST_DEV=1", "QA_CHECK_FS=1", "mkfs.xfs"];
  made(path, 32 * MIB, "env", ...small, "-q", "-f", "-p", `${path}.files`, "-b", "size=1024", ...options);
  rmSync(`${path}.files`);
}

export const target = driverTarget(driver, {
  name: "xfs",
  seeds: [
    { name: "v5", make: (path) => mkfs(path, "-L", "label", "-m", "reflink=0") },
    { name: "v5-reflink", make: (path) => mkfs(path) },
    { name: "v4", make: (path) => mkfs(path, "-m", "crc=0") },
  ],
  reseal,
});

/** Where a block of each kind has its checksum. */
const CHECKSUMS: Readonly<Record<string, number>> = { XFSB: 224, XAGF: 216, AB3B: 52, AB3C: 52 };

function reseal(image: SparseImage, reads: readonly HotRange[]): void {
  for (const { offset, length } of reads) {
    if (length < 512 || length > 64 << 10 || !image.isChanged(offset, length)) continue;
    const block = image.bytes(offset, length);
    const at = CHECKSUMS[String.fromCharCode(...block.subarray(0, 4))];
    if (at === undefined) continue;
    const view = new DataView(block.buffer);
    view.setUint32(at, 0, true);
    view.setUint32(at, ~crc32c(0xffffffff, block) >>> 0, true);
    image.write(block.subarray(at, at + 4), offset + at);
  }
}
