import { realpath, stat } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { physicalDriveNumber, physicalDrivePath } from "#imaging/device/windows-path.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { diskOfBootArea } from "#imaging/inventory/emmc.ts";
import { describeBlockDevice, describeFile, type FileOptions, listDisks } from "#imaging/inventory/list-disks.ts";

/**
 * Finds a DISK that a user named: a device path (also a by-id link), a stable id, or a raw disk image file.
 * @throws NOT_FOUND, USAGE for a partition, a folder or a boot area, or for a sector size of something else than a file
 */
export async function findDisk(name: string, { sectorSize }: FileOptions = {}): Promise<Disk> {
  const path = pathOf(name);
  if (physicalDriveNumber(path) !== undefined) return await describeBlockDevice(path);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return describeFile(path, { sectorSize });
  if (sectorSize !== undefined)
    throw new LifeboatError("USAGE", { problem: `the sector size of a raw file can be chosen, and ${name} is none` });
  if (found?.isBlockDevice()) {
    await refusePartition(path);
    return describeBlockDevice(path);
  }
  if (found) throw new LifeboatError("USAGE", { problem: `${name} is neither a disk nor a disk image file` });
  const disk = (await listDisks()).find((d) => d.id === name);
  if (!disk) throw new LifeboatError("NOT_FOUND", { what: `the disk ${name}` });
  return disk;
}

/** Ids that are made of a path name what has no better one: a raw file, a loop device, a disk without serial number. */
function pathOf(name: string): string {
  if (name.startsWith("file:")) return name.slice("file:".length);
  const drive = /^dev-PhysicalDrive(\d+)$/.exec(name)?.[1];
  if (drive !== undefined) return physicalDrivePath(Number(drive));
  if (name.startsWith("dev-")) return `/dev/${name.slice("dev-".length)}`;
  return name;
}

async function refusePartition(path: string): Promise<void> {
  const name = (await realpath(path)).replace("/dev/", "");
  const disk = diskOfBootArea(name);
  if (disk) throw new LifeboatError("USAGE", { problem: `${path} is a boot area of an eMMC: name the disk, ${disk}` });
  const isPartition = await stat(`/sys/class/block/${name}/partition`).then(
    () => true,
    () => false,
  );
  if (isPartition) throw new LifeboatError("USAGE", { problem: `${path} is a partition: name the whole disk` });
}
