import { readdir, readFile, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Disk } from "#imaging/inventory/disk.ts";

/**
 * The disk that holds a file: through its file system's device, partitions, loop devices and the files behind them.
 * @returns undefined when it lies on no disk of the list (network, memory).
 */
export async function holdingDisk(path: string, disks: readonly Disk[]): Promise<Disk | undefined> {
  const holders = await holdersOf(await realpath(path));
  return disks.find((disk) => holders.has(disk.path));
}

/** Every block device and backing file below a file, in one set. */
async function holdersOf(path: string): Promise<Set<string>> {
  const found = new Set<string>([path]);
  const { dev } = await stat(path);
  // Linux, include/linux/kdev_t.h: stat's st_dev in its 64-bit user form.
  const major = (dev >> 8) & 0xfff;
  const minor = (dev & 0xff) | ((dev >> 12) & 0xfff00);
  const link = await readlink(`/sys/dev/block/${major}:${minor}`).catch(() => undefined);
  if (link) await addDevice(basename(link), found);
  return found;
}

async function addDevice(name: string, found: Set<string>): Promise<void> {
  if (found.has(`/dev/${name}`)) return;
  found.add(`/dev/${name}`);
  const sys = await realpath(`/sys/class/block/${name}`).catch(() => undefined);
  if (!sys) return;
  // A partition lies in its disk's folder; a stacked device lists what it stands on in slaves/.
  const isPartition = await stat(`${sys}/partition`).then(
    () => true,
    () => false,
  );
  if (isPartition) await addDevice(basename(dirname(sys)), found);
  for (const slave of await readdir(`${sys}/slaves`).catch(() => [])) await addDevice(slave, found);
  const backing = (await readFile(`${sys}/loop/backing_file`, "utf8").catch(() => "")).trim();
  if (backing && !found.has(backing)) for (const holder of await holdersOf(backing).catch(() => [])) found.add(holder);
}
