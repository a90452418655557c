import { unlink } from "node:fs/promises";
import { makeVolume, type VolumeKind } from "#test/engine/image/sample-volume.ts";
import { blankDisk, noise, writeAt } from "#test/engine/image/workspace.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;

export interface SampleDisk {
  readonly size: number;
  readonly sectorSize?: 512 | 4096;
  /** Input of sfdisk. */
  readonly table: string;
  /** By partition number. */
  readonly volumes: Readonly<Record<number, VolumeKind>>;
}

/** bios_grub, ESP, ext4, NTFS, swap, and one that no driver knows: every way a partition gets into an image. */
export const GPT_DISK: SampleDisk = {
  size: 88 * MIB,
  table: `label: gpt
size=1MiB, type=21686148-6449-6E6F-744E-656564454649
size=18MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name="EFI System"
size=28MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root
size=20MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7
size=4MiB, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F
size=3MiB
`,
  volumes: { 1: "noise", 2: "vfat", 3: "ext4", 4: "ntfs", 5: "swap", 6: "noise" },
};

/** Two primaries, and logicals in an extended partition. */
export const MBR_DISK: SampleDisk = {
  size: 88 * MIB,
  table: `label: dos
d1 : size=16MiB, type=7, bootable
d2 : size=16MiB, type=83
d3 : size=50MiB, type=f
d5 : size=20MiB, type=83
d6 : size=18MiB, type=c
d7 : size=4MiB, type=82
`,
  volumes: { 1: "ntfs", 2: "ext4", 5: "ext4", 6: "vfat", 7: "swap" },
};

/** Small and quick, for tests that look at commands and not at file systems. */
export const SMALL_DISK: SampleDisk = {
  size: 32 * MIB,
  table: "label: gpt\nsize=16MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root\nsize=8MiB\n",
  volumes: { 1: "ext4", 2: "noise" },
};

export const GPT_4K_DISK: SampleDisk = {
  size: 96 * MIB,
  sectorSize: 4096,
  table: "label: gpt\nsize=40MiB, name=root\nsize=36MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B\n",
  volumes: { 1: "ext4", 2: "noise" },
};

export async function makeSampleDisk(path: string, disk: SampleDisk): Promise<string> {
  const sectorSize = disk.sectorSize ?? 512;
  await blankDisk(path, disk.size);
  await writeAt(path, 0, noise(440, 3)); // boot code
  {
    await using loop = await attachLoop(path, { sectorSize });
    await runTool("sfdisk", ["--quiet", "--no-reread", "--no-tell-kernel", "--wipe", "never", loop.path], {
      input: disk.table,
    });
  }
  for (const partition of await readPartitions(path, sectorSize)) {
    const kind = disk.volumes[partition.number];
    if (kind === undefined) continue;
    const volume = await makeVolume(`${path}.volume`, kind, partition.size, sectorSize);
    const place = [`seek=${partition.offset}`, "oflag=seek_bytes", "conv=notrunc,sparse", "bs=1M", "status=none"];
    await runTool("dd", [`if=${volume}`, `of=${path}`, ...place]);
    await unlink(volume);
  }
  return path;
}
