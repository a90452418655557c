import { dirname } from "node:path";
import type { MachineDevice, MachineDisk } from "#imaging/preflight/machine/machine-hardware.ts";
import { readDevice } from "#imaging/preflight/machine/read-devices.ts";
import type { SysFiles } from "#imaging/preflight/machine/sys-files.ts";

/** What is no disk, or no hardware: made of others, or of memory. */
const NO_DISK = /^(loop|ram|zram|dm-|md|sr|fd|nbd|nullb|mtdblock)|boot\d$|rpmb$/;
const SECTOR = 512; // sysfs counts in these, whatever the disk's are
/** A path in the device tree is not deeper: hubs may be stacked five high. */
const MOST_PARENTS = 64;

export async function readDisks(sys: SysFiles): Promise<MachineDisk[]> {
  const disks: MachineDisk[] = [];
  for (const name of await sys.list("sys/block")) {
    const place = NO_DISK.test(name) ? undefined : await sys.real(`sys/block/${name}`);
    if (place?.startsWith("/sys/devices/")) disks.push(await readDisk(sys, name, place));
  }
  return disks;
}

async function readDisk(sys: SysFiles, name: string, place: string): Promise<MachineDisk> {
  const number = async (file: string) => Number((await sys.text(`${place}/${file}`)) ?? 0) || 0;
  const logical = (await number("queue/logical_block_size")) || SECTOR;
  const model = await sys.text(`${place}/device/model`);
  const serial = (await sys.text(`${place}/serial`)) ?? (await sys.text(`${place}/device/serial`));
  return {
    name,
    size: (await number("size")) * SECTOR,
    logicalSectorSize: logical,
    physicalSectorSize: (await number("queue/physical_block_size")) || logical,
    removable: (await number("removable")) === 1,
    ...(model !== undefined && { model }),
    ...(serial !== undefined && { serial }),
    path: await devicePath(sys, place),
  };
}

async function devicePath(sys: SysFiles, disk: string): Promise<MachineDevice[]> {
  const path: MachineDevice[] = [];
  let place = dirname(disk);
  for (let i = 0; i < MOST_PARENTS && place.startsWith("/sys/devices/"); i++, place = dirname(place)) {
    const device = await readDevice(sys, place);
    if (device) path.unshift(device);
  }
  return path;
}
