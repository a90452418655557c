import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import { fatOracle } from "#test/engine/filesystem/oracle.ts";
import {
  blkid,
  check,
  copyMapped,
  emptyImage,
  fileVolume,
  hashTree,
  makeFiles,
  partcloneExtents,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";
import { sample } from "#test/sample.ts";

const MiB = 1 << 20;
const SIZES = Array.from({ length: 30 }, (_, i) => (i * i * 137 + i) % 70_000);

const CASES: readonly [string, number, ...string[]][] = [
  ["FAT12", 4 * MiB, "-F", "12", "-s", "4"],
  ["FAT12 with clusters of one sector", 2 * MiB - 512, "-F", "12", "-s", "1"],
  ["FAT16", 40 * MiB, "-F", "16", "-s", "4", "-n", "DATA 16"],
  ["FAT16 with clusters of 32 KiB", 300 * MiB, "-F", "16", "-s", "64"],
  ["FAT16 with one FAT", 40 * MiB, "-F", "16", "-f", "1"],
  ["FAT32", 100 * MiB, "-F", "32", "-s", "1", "-n", "EFI"],
  ["FAT32 with clusters of 4 KiB", 700 * MiB, "-F", "32", "-s", "8"],
  ["FAT32 of 4096-byte sectors", 300 * MiB, "-F", "32", "-S", "4096", "-s", "1"],
];

function makeFat(folder: string, size: number, options: readonly string[]): string {
  const files = join(folder, "files");
  makeFiles(files, SIZES);
  const image = emptyImage(join(folder, "volume"), size);
  run("mkfs.fat", ...options, image);
  for (const name of ["sub", ...SIZES.flatMap((_, i) => (i % 3 === 0 ? [`f${i}.bin`] : []))])
    run("mcopy", "-s", "-i", image, join(files, name), "::/");
  run("mdel", "-i", image, "::/f6.bin", "::/sub/f7.bin", "::/f18.bin", "::/sub/deeper/f20.bin");
  return image;
}

function filesIn(image: string, folder: string): Record<string, string> {
  mkdirSync(folder);
  run("mcopy", "-s", "-n", "-i", image, "::/", folder);
  return hashTree(folder);
}

describe.each(sample(CASES, [1, 2, 3]))("%s", (_name, size, ...options) => {
  it("is named as blkid does, mapped as partclone does, and is whole when only the map is copied", async () => {
    using folder = scratch();
    const image = makeFat(folder.path, size, options);
    using volume = fileVolume(image);
    const filesystem = await detectFilesystem(volume);
    if (!filesystem) throw new Error("not detected");
    const { type, uuid, label } = filesystem;
    expect({ type, uuid, label }).toEqual({ label: undefined, ...blkid(image) });
    expect(filesystem.warnings).toEqual([]);
    const map = await mapUsedBlocks(volume, filesystem);
    expect(map).toMatchObject({ mode: "used-blocks" });
    expect([...map.extents]).toEqual(fatOracle(image, size));
    const copy = copyMapped(image, map.extents, `${image}.copy`);
    expect(check("fsck.fat", "-n", copy)).toMatchObject({ status: 0 });
    const restored = filesIn(copy, join(folder.path, "restored"));
    expect(Object.keys(restored)).toHaveLength(26);
    expect(restored).toEqual(filesIn(image, join(folder.path, "source")));
  });
});

it("loses files of FAT12 with partclone's map, which is why that is no oracle for it", async () => {
  using folder = scratch();
  const image = makeFat(folder.path, 4 * MiB, ["-F", "12", "-s", "4"]);
  const copy = copyMapped(image, partcloneExtents("fat", image), `${image}.copy`);
  expect(filesIn(copy, join(folder.path, "restored"))).not.toEqual(filesIn(image, join(folder.path, "source")));
});

it("maps a FAT32 of fewer than 65525 clusters as Linux and Windows read it, with bad clusters left out", async () => {
  using folder = scratch();
  // mtools goes by the number of clusters and refuses it; it holds its label alone. -l lists bad blocks of 1 KiB.
  const bad = join(folder.path, "bad");
  writeFileSync(bad, "20000\n20100\n");
  const image = emptyImage(join(folder.path, "volume"), 34 * MiB);
  run("mkfs.fat", "-F", "32", "-s", "8", "-n", "SMALL", "-l", bad, image);
  using volume = fileVolume(image);
  const filesystem = await detectFilesystem(volume);
  if (!filesystem) throw new Error("not detected");
  expect(filesystem).toMatchObject(blkid(image));
  const map = await mapUsedBlocks(volume, filesystem);
  expect([...map.extents]).toEqual(partcloneExtents("fat", image));
  expect([...map.extents].some(({ start, end }) => start <= 20000 * 1024 && end > 20000 * 1024)).toBe(false);
  // fsck.fat remarks on the number of clusters; it must say of the copy what it says of the source.
  const copy = copyMapped(image, map.extents, `${image}.copy`);
  expect(check("fsck.fat", "-n", copy).output.replaceAll(copy, image)).toBe(check("fsck.fat", "-n", image).output);
});
