import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeEmptyDisk, makeNeighbour } from "#test/demo/rescue-disks.ts";
import { copyOf, loseBiosCode } from "#test/engine/boot/broken-disk.ts";
import type { Fixture } from "#test/fixtures/debian-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 2 ** 20;
const DATA = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7";

/** Paths of the disks of one machine. */
export interface KioskDisks {
  /** GPT: FAT with a file, ext4 with files in a folder, and free space behind. */
  readonly source: string;
  readonly empty: string;
  /** A Debian system that lost what legacy firmware starts. */
  readonly broken: string;
  readonly neighbour: string;
  /** GPT: one FAT32 file system, empty. */
  readonly data: string;
}

export async function makeKioskDisks(folder: string, fixture: Fixture): Promise<KioskDisks> {
  await mkdir(folder, { recursive: true });
  const path = (name: string) => join(folder, `${name}.raw`);
  const disks = {
    ...{ source: path("source"), empty: path("empty"), broken: path("broken") },
    ...{ neighbour: path("neighbour"), data: path("data") },
  };
  await makeSource(disks.source);
  await makeEmptyDisk(disks.empty, 320 * MIB);
  await copyOf(fixture.disk, disks.broken);
  await loseBiosCode(disks.broken, await findPartition(disks.broken, fixture.partitions.biosBoot));
  // It fits as well, so that it could be chosen by mistake.
  await makeNeighbour(disks.neighbour, 384 * MIB);
  await makePartitioned(disks.data, 512 * MIB, `type=${DATA}\n`);
  await makeFat(disks.data, "DATA");
  return disks;
}

async function makeSource(disk: string): Promise<void> {
  await makePartitioned(disk, 256 * MIB, `size=48MiB, type=${DATA}, name=shared\nsize=160MiB, type=L, name=work\n`);
  await makeFat(disk, "SHARED");
  const { offset } = await findPartition(disk, 1);
  const letter = `${disk}.letter`;
  await writeFile(letter, randomBytes(5 * MIB));
  await runTool("mcopy", ["-i", `${disk}@@${offset}`, letter, "::/letter.bin"]);
  const work = await findPartition(disk, 2);
  await using device = await attachLoop(disk, work);
  await runTool("mkfs.ext4", ["-q", "-L", "WORK", device.path]);
  await using root = await mountRange(disk, "ext4", work, { readOnly: false });
  await mkdir(join(root.path, "letters"));
  for (let i = 0; i < 20; i++) await writeFile(join(root.path, "letters", `${i}`), randomBytes(i * 100_000));
}

async function makePartitioned(disk: string, size: number, table: string): Promise<void> {
  await makeEmptyDisk(disk, size);
  await runTool("sfdisk", ["-q", disk], { input: `label: gpt\n${table}` });
}

/** In the first partition. */
async function makeFat(disk: string, label: string): Promise<void> {
  await using device = await attachLoop(disk, await findPartition(disk, 1));
  await runTool("mkfs.vfat", ["-I", "-n", label, device.path]);
}
