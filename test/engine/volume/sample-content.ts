import { closeSync, openSync, writeSync } from "node:fs";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { mapVolume, type VolumeMap } from "#imaging/volume/map-volume.ts";
import { emptyImage, fileVolume, hashTree, makeFiles, run, scratch } from "#test/engine/filesystem/volume-image.ts";

/** Sizes of files, 36 of them, about 5 MiB. */
const SIZES = Array.from({ length: 36 }, (_, i) => (i * i * 400 + i * 7) % 400_000);

/** An ext4 of exactly `size` bytes with files in it, of which some were deleted again. */
export function sampleExt4(path: string, size: number, blockSize: number): string {
  using files = scratch();
  makeFiles(files.path, SIZES);
  emptyImage(path, size);
  run("mke2fs", "-q", "-F", "-t", "ext4", "-b", String(blockSize), "-d", files.path, path);
  for (const i of [4, 11, 20]) run("debugfs", "-w", "-R", `rm ${["", "sub/", "sub/deeper/"][i % 3]}f${i}.bin`, path);
  return path;
}

/** Path -> hash of every file of an ext4. */
export function filesIn(image: string): Record<string, string> {
  using folder = scratch();
  run("debugfs", "-R", `rdump / ${folder.path}`, image);
  return hashTree(folder.path);
}

export function overwrite(file: string, offset: number, content: Uint8Array): void {
  const fd = openSync(file, "r+");
  writeSync(fd, content, 0, content.length, offset);
  closeSync(fd);
}

export async function mapFile(file: string): Promise<VolumeMap> {
  using volume = fileVolume(file);
  return await mapVolume(volume, await detectFilesystem(volume), { keys: [] });
}
