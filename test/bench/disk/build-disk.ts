import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyTree } from "#test/bench/disk/copy-tree.ts";
import { keyStream } from "#test/fixtures/debian/data-files.ts";
import { formatFat } from "#test/fixtures/debian/data-volumes.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 2 ** 20;
const DISK_SIZE = 12_288 * MIB;
const ESP = { offset: MIB, size: 256 * MIB };
const EXT4 = { offset: 257 * MIB, size: 7168 * MIB };
const NTFS = { offset: 7425 * MIB, size: 4608 * MIB };
const TYPES = ["U", "L", "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7"];
const RANDOM_FILE = 32 * MIB;

export interface DebianRoot {
  /** A disk file, and the number of its partition with the tree that is copied. */
  readonly disk: string;
  readonly root: number;
}

/** GPT, ESP, ext4 and NTFS: about 6 GB used, and about 0.7 GB of deleted data in the free space. */
export async function buildBenchDisk(disk: string, { disk: from, root }: DebianRoot): Promise<void> {
  const file = openSync(disk, "wx");
  ftruncateSync(file, DISK_SIZE);
  closeSync(file);
  const lines = [ESP, EXT4, NTFS].map(
    ({ offset, size }, index) => `start=${offset / 512}, size=${size / 512}, type=${TYPES[index]}`,
  );
  await runTool("sfdisk", ["--quiet", "--no-reread", disk], { input: ["label: gpt", ...lines, ""].join("\n") });
  const place = await findPartition(from, root);
  await using tree = await mountRange(from, "ext4", place, { readOnly: true });
  await makeEsp(disk, tree.path);
  await makeExt4(disk, tree.path);
  await makeNtfs(disk, tree.path);
}

async function makeEsp(disk: string, tree: string): Promise<void> {
  await formatFat(disk, ESP, "4C49-1001", "EFI");
  await runTool("mcopy", ["-i", `${disk}@@${ESP.offset}`, "-s", "-Q", join(tree, "boot"), "::/"]);
}

async function makeExt4(disk: string, tree: string): Promise<void> {
  {
    await using device = await attachLoop(disk, EXT4);
    await runTool("mkfs.ext4", ["-q", "-L", "root", "-E", "nodiscard", device.path]);
  }
  await using mount = await mountRange(disk, "ext4", EXT4, { readOnly: false });
  fill(mount.path, tree, { masks: [0, 0x11, 0x22, 0x33], deleted: 0x3c, random: 20, symlinks: true });
}

async function makeNtfs(disk: string, tree: string): Promise<void> {
  {
    await using device = await attachLoop(disk, NTFS);
    // The boot sector holds the partition's start, which mkntfs cannot ask a loop device for.
    const geometry = ["-p", String(NTFS.offset / 512), "-H", "255", "-S", "63"];
    await runTool("mkntfs", ["--fast", "--quiet", "-L", "Data", ...geometry, device.path]);
  }
  await using mount = await mountRange(disk, "ntfs", NTFS, { readOnly: false });
  fill(mount.path, tree, { masks: [0x44, 0x55, 0x66], deleted: 0x6c, random: 20, symlinks: false });
}

interface Filling {
  /** One copy of the tree for each. */
  readonly masks: readonly number[];
  /** Mask of a copy of /usr/lib that is written between the others and deleted at the end. */
  readonly deleted: number;
  /** Incompressible files of 32 MiB, as packages, pictures and films are. */
  readonly random: number;
  readonly symlinks: boolean;
}

function fill(to: string, tree: string, { masks, deleted, random, symlinks }: Filling): void {
  for (const [index, mask] of masks.entries()) {
    copyTree(tree, join(to, `system-${index}`), mask, { symlinks });
    if (index === 0) copyTree(join(tree, "usr/lib"), join(to, "old"), deleted, { symlinks });
  }
  mkdirSync(join(to, "media"));
  for (let index = 0; index < random; index++)
    writeFileSync(join(to, "media", `${index}.bin`), keyStream(`bench ${deleted} ${index}`, RANDOM_FILE));
  rmSync(join(to, "old"), { recursive: true });
}
