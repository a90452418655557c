import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";

/** A PCI device of this machine, as /sys/bus/pci/devices names it. Numbers as PCI has them. */
export interface PciDevice {
  readonly vendor: number;
  readonly device: number;
  readonly subsystemVendor?: number;
  readonly subsystemDevice?: number;
  readonly revision?: number;
  /** Class, subclass and programming interface: 0x010802 for NVMe. */
  readonly classCode?: number;
}

const hex = (number: number, digits: number): string => number.toString(16).toUpperCase().padStart(digits, "0");

const number = (digits: string): number => Number.parseInt(digits, 16);

/** As pciHardwareIds(), of a device as the kernel shows it; none of what is on another bus. */
export function machineHardwareIds(one: MachineDevice): string[] {
  const { bus, vendor, device, subsystemVendor, subsystemDevice, revision, class: code } = one;
  if (bus !== "pci" || vendor === undefined || device === undefined) return [];
  return pciHardwareIds({
    ...{ vendor: number(vendor), device: number(device) },
    ...(subsystemVendor !== undefined && { subsystemVendor: number(subsystemVendor) }),
    ...(subsystemDevice !== undefined && { subsystemDevice: number(subsystemDevice) }),
    ...(revision !== undefined && { revision: number(revision) }),
    ...(code !== undefined && { classCode: number(code) }),
  });
}

/**
 * Ids that Windows gives a PCI device, the most specific first: what a driver that is for one of the first says wins
 * ("Identifiers for PCI devices", Microsoft, Windows drivers; those without a subsystem behind the ones with a class, as
 * Windows 10 has them).
 */
export function pciHardwareIds(device: PciDevice): string[] {
  const { vendor, subsystemVendor, subsystemDevice, revision, classCode } = device;
  const ven = `VEN_${hex(vendor, 4)}`;
  const own = `${ven}&DEV_${hex(device.device, 4)}`;
  const subsystem =
    subsystemVendor !== undefined && subsystemDevice !== undefined
      ? `SUBSYS_${hex(subsystemDevice, 4)}${hex(subsystemVendor, 4)}`
      : undefined;
  const rev = revision === undefined ? undefined : `REV_${hex(revision, 2)}`;
  const full = classCode === undefined ? undefined : `CC_${hex(classCode, 6)}`;
  const short = classCode === undefined ? undefined : `CC_${hex(classCode >> 8, 4)}`;
  const rows: (readonly (string | undefined)[])[] = [
    [own, subsystem ?? "-", rev ?? "-"],
    [own, subsystem ?? "-"],
    [own, full ?? "-"],
    [own, short ?? "-"],
    [own, rev ?? "-"],
    [own],
    [ven, full ?? "-"],
    [ven, short ?? "-"],
    [ven],
    [full ?? "-"],
    [short ?? "-"],
  ];
  return rows.filter((row) => !row.includes("-")).map((row) => `PCI\\${row.join("&")}`);
}
