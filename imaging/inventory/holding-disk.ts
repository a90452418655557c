import { readdir, readFile, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Disk } from "#imaging/inventory/disk.ts";
import { mountSource } from "#imaging/inventory/mount-source.ts";
import { windowsHoldingDisk } from "#imaging/inventory/windows-holding-disk.ts";

/** What a file lies on, and on what those lie. */
interface Holders {
  /** Device paths. */
  readonly devices: Set<string>;
  /** Files and folders by their identity: one can have several names. */
  readonly files: Set<string>;
}

/**
 * The disk that holds a file: through its file system's device, partitions, loop devices and the files behind them.
 * @returns undefined when it lies on no disk of the list (network, memory).
 */
export async function holdingDisk(path: string, disks: readonly Disk[]): Promise<Disk | undefined> {
  if (process.platform === "win32") return await windowsHoldingDisk(await realpath(path), disks);
  const holders: Holders = { devices: new Set(), files: new Set() };
  await addFile(await realpath(path), holders);
  for (const disk of disks) {
    if (holders.devices.has(disk.path)) return disk;
    const file = disk.kind === "file" ? await stat(disk.path).catch(() => undefined) : undefined;
    if (file && holders.files.has(identity(file))) return disk;
  }
  return undefined;
}

const identity = ({ dev, ino }: { dev: number; ino: number }): string => `${dev} ${ino}`;

async function addFile(path: string, holders: Holders): Promise<void> {
  const file = await stat(path);
  if (holders.files.has(identity(file))) return;
  holders.files.add(identity(file));
  // Linux, include/linux/kdev_t.h: stat's st_dev in its 64-bit user form.
  const { dev } = file;
  const majorMinor = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
  const link = await readlink(`/sys/dev/block/${majorMinor}`).catch(() => undefined);
  if (link) return addDevice(basename(link), holders);
  const { devices, folders } = mountSource(await readFile("/proc/self/mountinfo", "utf8"), path, majorMinor);
  for (const device of devices) {
    // /dev/mapper and /dev/disk hold links.
    const name = basename(await realpath(device).catch(() => device));
    for (const member of [name, ...(await btrfsMembers(name))]) await addDevice(member, holders);
  }
  for (const folder of folders) await addFile(folder, holders).catch(nothing);
}

const nothing = () => {};

/** A btrfs over several devices is mounted from one of them (Linux, fs/btrfs/sysfs.c). */
async function btrfsMembers(device: string): Promise<string[]> {
  for (const id of await readdir("/sys/fs/btrfs").catch(() => [])) {
    const members = await readdir(`/sys/fs/btrfs/${id}/devices`).catch((): string[] => []);
    if (members.includes(device)) return members;
  }
  return [];
}

async function addDevice(name: string, holders: Holders): Promise<void> {
  if (holders.devices.has(`/dev/${name}`)) return;
  holders.devices.add(`/dev/${name}`);
  const sys = await realpath(`/sys/class/block/${name}`).catch(() => undefined);
  if (!sys) return;
  // A partition lies in its disk's folder; a stacked device lists what it stands on in slaves/.
  const isPartition = await stat(`${sys}/partition`).then(
    () => true,
    () => false,
  );
  if (isPartition) await addDevice(basename(dirname(sys)), holders);
  for (const slave of await readdir(`${sys}/slaves`).catch(() => [])) await addDevice(slave, holders);
  const backing = (await readFile(`${sys}/loop/backing_file`, "utf8").catch(() => "")).trim();
  if (backing) await addFile(backing, holders).catch(nothing);
}
