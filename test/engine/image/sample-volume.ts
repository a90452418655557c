import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { blankDisk, noise } from "#test/engine/image/workspace.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

export type VolumeKind = "ext4" | "ext4-4k" | "vfat" | "ntfs" | "swap" | "noise";

const MIB = 1 << 20;
/** Sizes around the borders of blocks, clusters and chunks. */
const FILE_SIZES = [0, 1, 511, 4096, 65_537, MIB, 3 * MIB + 77];

/** Makes a file system with files of many sizes, by its own tools, as a file of exactly `size` bytes. */
export async function makeVolume(path: string, kind: VolumeKind, size: number, sectorSize = 512): Promise<string> {
  await blankDisk(path, size);
  switch (kind) {
    case "ext4":
      await makeExt4(path);
      break;
    case "ext4-4k":
      await makeExt4(path, "-b", "4096");
      break;
    case "vfat":
      await runTool("mkfs.fat", ["-S", String(sectorSize), "-n", "ESP", path]);
      await fillFat(path);
      break;
    case "ntfs":
      await runTool("mkntfs", ["-F", "-Q", "-q", "-s", String(sectorSize), "-L", "Windows", path]);
      await fillNtfs(path);
      break;
    case "swap":
      await runTool("mkswap", ["-L", "swap", path]);
      break;
    case "noise":
      await writeFile(path, noise(size, size));
      break;
  }
  return path;
}

/** The files, on the host, for tools that copy from there. */
async function sampleFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const [i, size] of FILE_SIZES.entries()) {
    const name = join(folder, `file-${i}.bin`);
    await mkdir(dirname(name), { recursive: true });
    await writeFile(name, noise(size, i + 1));
    names.push(name);
  }
  return names;
}

async function makeExt4(path: string, ...options: string[]): Promise<void> {
  const folder = `${path}.files`;
  await sampleFiles(join(folder, "a folder"));
  await runTool("mke2fs", ["-q", "-F", "-t", "ext4", "-L", "root", ...options, "-d", folder, path]);
  await rm(folder, { recursive: true });
}

async function fillFat(path: string): Promise<void> {
  const folder = `${path}.files`;
  const names = await sampleFiles(folder);
  await runTool("mmd", ["-i", path, "::/EFI"]);
  await runTool("mcopy", ["-i", path, ...names, "::/EFI/"]);
  await rm(folder, { recursive: true });
}

async function fillNtfs(path: string): Promise<void> {
  const folder = `${path}.files`;
  for (const name of await sampleFiles(folder))
    await runTool("ntfscp", ["-q", path, name, `/${name.split("/").at(-1)}`]);
  await rm(folder, { recursive: true });
}
