import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import { extOracle } from "#test/engine/filesystem/oracle.ts";
import {
  blkid,
  check,
  copyMapped,
  emptyImage,
  fileVolume,
  hashTree,
  makeFiles,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";
import { sample } from "#test/sample.ts";

const MiB = 1 << 20;
const SIZES = Array.from({ length: 48 }, (_, i) => (i * i * 700 + i) % 900_000);

const CASES: readonly [string, number, ...string[]][] = [
  ["ext2 1K", 64 * MiB, "-t", "ext2", "-b", "1024"],
  ["ext2 4K without sparse_super", 300 * MiB, "-t", "ext2", "-b", "4096", "-O", "^sparse_super,^resize_inode"],
  ["ext3 1K", 64 * MiB, "-t", "ext3", "-b", "1024"],
  ["ext3 2K", 128 * MiB, "-t", "ext3", "-b", "2048"],
  ["ext3 4K", 300 * MiB, "-t", "ext3", "-b", "4096"],
  ["ext4 1K with groups not initialised", 160 * MiB, "-t", "ext4", "-b", "1024"],
  ["ext4 2K", 300 * MiB, "-t", "ext4", "-b", "2048"],
  ["ext4 4K with groups not initialised", 3000 * MiB, "-t", "ext4", "-b", "4096"],
  ["ext4 without 64bit", 900 * MiB, "-t", "ext4", "-b", "4096", "-O", "^64bit"],
  ["ext4 with gdt_csum alone", 900 * MiB, "-t", "ext4", "-b", "4096", "-O", "^metadata_csum,uninit_bg"],
  ["ext4 with no checksums", 900 * MiB, "-t", "ext4", "-O", "^metadata_csum,^uninit_bg"],
  ["ext4 without flex_bg", 160 * MiB, "-t", "ext4", "-b", "1024", "-O", "^flex_bg"],
  ["ext4 meta_bg 1K", 300 * MiB, "-t", "ext4", "-b", "1024", "-O", "meta_bg,^resize_inode"],
  ["ext4 meta_bg 1K without flex_bg", 300 * MiB, "-t", "ext4", "-b", "1024", "-O", "meta_bg,^resize_inode,^flex_bg"],
  ["ext4 sparse_super2", 300 * MiB, "-t", "ext4", "-b", "1024", "-O", "sparse_super2,^resize_inode"],
  ["ext4 mmp, quota, a long label", 200 * MiB, "-t", "ext4", "-O", "mmp,quota,project", "-L", "sixteen-bytes-ok"],
  ["ext4 bigalloc", 600 * MiB, "-t", "ext4", "-O", "bigalloc", "-C", "65536"],
  ["ext4 bigalloc 1K", 300 * MiB, "-t", "ext4", "-b", "1024", "-O", "bigalloc", "-C", "4096"],
  ["ext4 with a journal across groups of 1 MiB", 100 * MiB, "-t", "ext4", "-b", "1024", "-g", "1024", "-J", "size=4"],
  ["ext4 of csum_seed", 200 * MiB, "-t", "ext4", "-O", "metadata_csum_seed", "-U", "random"],
];

/** A file system with files in it, of which some were deleted again, so that there are holes. */
function makeExt(folder: string, size: number, options: readonly string[]): string {
  const files = join(folder, "files");
  makeFiles(files, SIZES);
  const image = emptyImage(join(folder, "volume"), size);
  run("mke2fs", "-q", "-F", "-E", "lazy_itable_init=1", "-d", files, ...options, image);
  const doomed = SIZES.map((_, i) => i).filter((i) => i % 7 === 3);
  const script = join(folder, "script");
  writeFileSync(script, doomed.map((i) => `rm ${["", "sub/", "sub/deeper/"][i % 3]}f${i}.bin\n`).join(""));
  run("debugfs", "-w", "-f", script, image);
  // debugfs keeps no quota; status 1 says that e2fsck corrected it.
  expect(check("e2fsck", "-fy", image).status).toBeLessThan(2);
  return image;
}

function filesIn(image: string, folder: string): Record<string, string> {
  mkdirSync(folder);
  run("debugfs", "-R", `rdump / ${folder}`, image);
  return hashTree(folder);
}

describe.each(sample(CASES, [1, 3, 5, 8, 9]))("%s", (_name, size, ...options) => {
  it("is named as blkid does, mapped as partclone does, and is whole when only the map is copied", async () => {
    using folder = scratch();
    const image = makeExt(folder.path, size, options);
    using volume = fileVolume(image);
    const filesystem = await detectFilesystem(volume);
    if (!filesystem) throw new Error("not detected");
    const { type, uuid, label } = filesystem;
    expect({ type, uuid, label }).toEqual({ label: undefined, ...blkid(image) });
    expect(filesystem.warnings).toEqual([]);
    expect(filesystem.size).toBe(size);
    const map = await mapUsedBlocks(volume, filesystem);
    expect(map).toMatchObject({ mode: "used-blocks" });
    expect([...map.extents]).toEqual(extOracle(image, size));
    const copy = copyMapped(image, map.extents, `${image}.copy`);
    expect(check("e2fsck", "-fn", copy)).toMatchObject({ status: 0 });
    const restored = filesIn(copy, join(folder.path, "restored"));
    expect(Object.keys(restored).length).toBeGreaterThan(30);
    expect(restored).toEqual(filesIn(image, join(folder.path, "source")));
  });
});
