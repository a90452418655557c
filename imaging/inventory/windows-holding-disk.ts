import { stat } from "node:fs/promises";
import { parse } from "node:path";
import { parseDiskDetail } from "#imaging/device/windows-diskpart.ts";
import { physicalDriveNumber } from "#imaging/device/windows-path.ts";
import { type RunDiskpart, runDiskpart } from "#imaging/device/windows-run-diskpart.ts";
import type { Disk } from "#imaging/inventory/disk.ts";

/**
 * The disk that has the volume with a file's drive letter; or the raw file that it is itself.
 * @param path resolved @returns undefined when it lies on no disk of the list (network, memory)
 */
export async function windowsHoldingDisk(
  path: string,
  disks: readonly Disk[],
  diskpart: RunDiskpart = runDiskpart,
): Promise<Disk | undefined> {
  const file = await stat(path);
  const letter = parse(path).root.charAt(0).toUpperCase();
  for (const disk of disks) {
    const number = physicalDriveNumber(disk.path);
    if (number === undefined) {
      const own = await stat(disk.path).catch(() => undefined);
      if (own?.ino === file.ino && own.dev === file.dev) return disk;
    } else if (parseDiskDetail(await diskpart([`select disk ${number}`, "detail disk"]))?.letters.includes(letter))
      return disk;
  }
  return undefined;
}
