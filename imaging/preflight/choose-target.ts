import { LifeboatError } from "#base/errors.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { TargetDisk } from "#imaging/preflight/judge/context.ts";
import type { MachineDisk, MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";

const targetOf = ({ name, size, logicalSectorSize, path }: MachineDisk): TargetDisk => ({
  ...{ name, size, logicalSectorSize, path },
});

/**
 * A disk of a described machine, by its name or serial number; without one the machine's only disk that stays in it.
 * @throws NOT_FOUND, USAGE when it has several
 */
export function chooseTarget({ name: machine, disks }: MachineHardware, wanted?: string): TargetDisk {
  if (wanted !== undefined) {
    const name = wanted.replace("/dev/", "");
    const found = disks.find((disk) => disk.name === name || disk.serial === wanted);
    if (!found) throw new LifeboatError("NOT_FOUND", { what: `the disk ${wanted} of ${machine}` });
    return targetOf(found);
  }
  const fixed = disks.filter(({ removable, path }) => !removable && !path.some(({ bus }) => bus === "usb"));
  const [only, ...more] = fixed;
  if (only && more.length === 0) return targetOf(only);
  const names = fixed.map(({ name }) => name).join(", ");
  const problem = only
    ? `${machine} has the disks ${names}: name one with --to`
    : `${machine} has no disk that Linux sees: look into its firmware for RAID (RST) or VMD, which hide disks`;
  throw new LifeboatError("USAGE", { problem });
}

/** A disk of this machine as a target; of a raw file nobody knows where it will be. */
export function placedTarget(
  { disks }: MachineHardware,
  disk: Pick<Disk, "kind" | "path" | "size" | "sectorSize">,
): TargetDisk {
  const name = disk.path.split("/").at(-1) ?? disk.path;
  const found = disk.kind === "block" ? disks.find((one) => one.name === name) : undefined;
  return { name, size: disk.size, logicalSectorSize: disk.sectorSize, path: found?.path };
}
