import { open } from "node:fs/promises";
import { openImage } from "#imaging/image/image-reader.ts";
import { hashFiles } from "#test/fixtures/hash-files.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const PIECE = 1 << 20;

/** Where two disks differ in the bytes that the image holds; tables are left out where `tables` is false. */
export async function usedBytesDiffer(
  imagePath: string,
  sourcePath: string,
  targetPath: string,
  options = { tables: true },
): Promise<string[]> {
  const image = await openImage(imagePath);
  await using source = await open(sourcePath);
  await using target = await open(targetPath);
  const [a, b] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)];
  const different: string[] = [];
  for (const [i, { start, extents }] of image.regions.entries()) {
    const region = image.manifest.regions[i];
    if (!options.tables && region?.kind === "table") continue;
    for (const extent of extents)
      for (let at = extent.start; at < extent.end; at += PIECE) {
        const length = Math.min(PIECE, extent.end - at);
        await source.read(a, 0, length, start + at);
        await target.read(b, 0, length, start + at);
        if (a.compare(b, 0, length, 0, length) !== 0) different.push(`${region?.label} at ${start + at}`);
      }
  }
  return different;
}

/** Every file of every file system that tools can list: "partition/path" -> SHA-256. */
export async function allFileHashes(disk: string): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const { number, filesystem } of await readPartitions(disk))
    if (filesystem === "ext4" || filesystem === "ntfs" || filesystem === "vfat")
      for (const [path, hash] of await hashFiles(disk, number)) all[`${number}/${path}`] = hash;
  return all;
}

/** The kind of partition table that sfdisk sees, and its partitions; undefined for none. */
export async function tableSeenBySfdisk(disk: string, sectorSize: 512 | 4096 = 512): Promise<string | undefined> {
  await using loop = await attachLoop(disk, { readOnly: true, sectorSize });
  const { status, stdout } = await runTool("sfdisk", ["--dump", loop.path], { accept: [0, 1] });
  return status === 0 ? stdout.replaceAll(loop.path, "DISK") : undefined;
}

/** All that blkid finds at one place of a disk: file systems, RAID members and tables. */
export async function blkidTypes(disk: string, offset = 0, size?: number): Promise<string> {
  const place = ["--offset", String(offset), ...(size ? ["--size", String(size)] : [])];
  const args = ["--probe", "--output", "export", ...place, disk];
  // Status 2: nothing was recognised; 8: several things were.
  const { status, stdout } = await runTool("blkid", args, { accept: [0, 2, 8] });
  if (status === 8) return "ambiguous";
  return stdout
    .split("\n")
    .filter((line) => /^(TYPE|PTTYPE)=/.test(line))
    .join(" ");
}
