import type { KernelModules } from "#imaging/preflight/content/linux/kernel-modules.ts";
import type { DeviceDrivers, DeviceQuestion, DriverPlace } from "#imaging/preflight/content/linux/linux-content.ts";
import { underscored } from "#imaging/preflight/content/linux/module-aliases.ts";

/** Drivers whose names are not those of their modules (Linux, drivers/). */
const MODULE_OF: Readonly<Record<string, string>> = {
  sd: "sd_mod",
  "virtio-pci": "virtio_pci",
  virtio_rproc_serial: "virtio_console",
  xhci_hcd: "xhci_pci",
  "ehci-pci": "ehci_pci",
  "usb-storage": "usb_storage",
  "sdhci-pci": "sdhci_pci",
  "sdhci-acpi": "sdhci_acpi",
  mmcblk: "mmc_block",
  vmbus: "hv_vmbus",
  hv_vmbus: "hv_vmbus",
  storvsc: "hv_storvsc",
  vbd: "xen_blkfront",
};
/** They know every device of their kind, by its class or its maker; of others, each release knows a few more. */
const KNOW_ALL = [
  "ahci",
  "nvme",
  "sd_mod",
  "xhci_pci",
  "ehci_pci",
  "usb_storage",
  "uas",
  "sdhci_pci",
  "mmc_block",
].concat(["virtio_pci", "virtio_blk", "virtio_scsi", "hv_vmbus", "hv_storvsc", "xen_blkfront"]);
/** They claim every IDE controller, and let go of it again unless they are told otherwise. */
const RELUCTANT = ["ata_generic", "pata_acpi"];

/**
 * What a kernel has for a device: the driver that the machine uses now, where the kernel has it too; else all that claim the
 * device. @param inInitramfs names of the modules in its initramfs
 */
export function findDrivers(
  { builtin, needs, aliases, builtinAliases }: KernelModules,
  inInitramfs: ReadonlySet<string>,
  { modalias, driver, module }: DeviceQuestion,
): DeviceDrivers {
  const isEarly = (name: string) => builtin.has(name) || inInitramfs.has(name);
  const placeOf = (name: string): DriverPlace => {
    if (builtin.has(name)) return "built-in";
    return [name, ...(needs.get(name) ?? [])].every(isEarly) ? "initramfs" : "modules";
  };
  const claiming = [...new Set([...aliases.modulesFor(modalias), ...builtinAliases.modulesFor(modalias)])].filter(
    (name) => builtin.has(name) || needs.has(name),
  );
  const own = underscored(module ?? MODULE_OF[driver ?? ""] ?? driver ?? "");
  if (claiming.includes(own) || (builtin.has(own) && KNOW_ALL.includes(own)))
    return { modalias, drivers: [{ module: own, place: placeOf(own) }] };
  if (builtin.has(own)) return { modalias, drivers: [{ module: own, place: "built-in", byNameOnly: true }] };
  const drivers = claiming
    .filter((name) => !RELUCTANT.includes(name))
    .map((name) => ({ module: name, place: placeOf(name) }));
  return { modalias, drivers };
}
