import { readFileSync, statSync } from "node:fs";

const SYSFS = "/sys/dev/block";

/** States of a disk that answers (Linux drivers/scsi/scsi_sysfs.c, drivers/nvme/host/sysfs.c). */
const ALIVE: readonly string[] = ["running", "live", "created", "quiesce", "blocked", "new", "resetting", "connecting"];

/**
 * Whether a block device was pulled or its driver has given it up: reads fail with EIO then as on a bad sector.
 * Regular files, and devices that do not say, are not gone. Synchronous, for the engine's threads.
 */
export function isDeviceGone(path: string, sysfs = SYSFS): boolean {
  let device: number;
  try {
    const { rdev, mode } = statSync(path);
    if ((mode & 0o170000) !== 0o060000) return false;
    device = rdev;
  } catch {
    // udev removes the node of a disk that is pulled.
    return true;
  }
  return isNumberGone(`${major(device)}:${minor(device)}`, sysfs);
}

/** As isDeviceGone, by "MAJOR:MINOR". */
export function isNumberGone(number: string, sysfs = SYSFS): boolean {
  const size = attribute(`${sysfs}/${number}/size`);
  if (size === undefined || size === "0") return true;
  // A partition's folder is inside its disk's.
  const state = attribute(`${sysfs}/${number}/device/state`) ?? attribute(`${sysfs}/${number}/../device/state`);
  return state !== undefined && !ALIVE.includes(state);
}

function attribute(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** As gnu_dev_major and gnu_dev_minor of glibc, for numbers that Linux gives to block devices. */
const major = (device: number): number => (device >>> 8) & 0xfff;
const minor = (device: number): number => (device & 0xff) | ((device >>> 12) & 0xfff00);
