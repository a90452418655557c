import type {
  ControllerKind,
  MachineDevice,
  MachineDisk,
  StorageController,
} from "#imaging/preflight/machine/machine-hardware.ts";

/** PCI Code and ID Assignment Specification 1.11, 1.2: mass storage, by sub-class and interface. */
const BY_CLASS: readonly (readonly [string, ControllerKind, string])[] = [
  ["010802", "nvme", "NVMe"],
  ["010601", "ahci", "SATA in AHCI mode"],
  ["0101", "ide", "IDE or SATA in IDE mode"],
  ["0805", "sd", "SD or eMMC host"],
  ["0104", "raid", "RAID controller"],
  ["0107", "lsi-sas", "SAS controller"],
  ["0100", "scsi", "SCSI controller"],
  ["01", "other", "storage controller"],
];

/** Volume Management Device: NVMe disks lie behind it (Linux, drivers/pci/controller/vmd.c, vmd_ids). */
const VMD = ["201d", "28c0", "467f", "4c3d", "a77f", "7d0b", "ad0b", "9a0b", "b60b", "b06f"];
const VIRTIO: Readonly<Record<string, ControllerKind>> = {
  "1001": "virtio-blk",
  "1042": "virtio-blk",
  "1004": "virtio-scsi",
  "1048": "virtio-scsi",
};
const SMART_ARRAY_VENDORS = ["103c", "1590", "9005"];

const NAMES: Readonly<Partial<Record<ControllerKind, string>>> = {
  "intel-vmd": "Intel VMD",
  "intel-rst": "Intel SATA in RAID mode (RST)",
  "virtio-blk": "virtio disk",
  "virtio-scsi": "virtio SCSI",
  megaraid: "MegaRAID controller",
  "lsi-sas": "LSI/Broadcom SAS controller",
  "smart-array": "Smart Array or Adaptec controller",
  pvscsi: "VMware paravirtual SCSI",
  "hyper-v": "Hyper-V storage",
  xen: "Xen disk",
  usb: "USB storage",
};

/** Which storage controller a device is; undefined for anything else. */
export function controllerKind({
  bus,
  modalias,
  vendor,
  device = "",
  class: code = "",
}: MachineDevice): ControllerKind | undefined {
  if (bus === "usb") return /^08/.test(code) ? "usb" : undefined;
  // The class ids of storvsc: SCSI, IDE, Fibre Channel (Linux, include/linux/hyperv.h).
  if (bus === "vmbus") return /^vmbus:(d96361ba|32264132|4acc9b2f)/.test(modalias) ? "hyper-v" : undefined;
  if (bus === "xen") return modalias === "xen:vbd" ? "xen" : undefined;
  if (bus !== "pci") return undefined;
  // VMD has the class of a RAID controller.
  if (vendor === "8086" && VMD.includes(device)) return "intel-vmd";
  if (vendor === "1af4") return VIRTIO[device];
  if (vendor === "15ad" && device === "07c0") return "pvscsi";
  const byClass = BY_CLASS.find(([start]) => code.startsWith(start))?.[1];
  if (vendor === "1000" && byClass === "raid") return "megaraid";
  if (vendor === "1000" && (byClass === "scsi" || byClass === "lsi-sas")) return "lsi-sas";
  if (SMART_ARRAY_VENDORS.includes(vendor ?? "") && (byClass === "raid" || byClass === "lsi-sas")) return "smart-array";
  // SATA in RAID mode, of which Rapid Storage Technology makes volumes: 2822, 282a and others since.
  if (vendor === "8086" && byClass === "raid") return "intel-rst";
  return byClass;
}

/** "Intel VMD (8086:9a0b)" */
export function controllerName(device: MachineDevice): string {
  const kind = controllerKind(device);
  const name =
    (kind && NAMES[kind]) ?? BY_CLASS.find(([start]) => device.class?.startsWith(start))?.[2] ?? `${device.bus} device`;
  return device.vendor && device.device ? `${name} (${device.vendor}:${device.device})` : name;
}

/** All storage controllers, and which disk hangs on which. One behind another (NVMe behind VMD) is named as well. */
export function storageControllers(
  devices: readonly MachineDevice[],
  disks: readonly MachineDisk[],
): StorageController[] {
  const all = new Map<string, MachineDevice>();
  for (const device of [...devices, ...disks.flatMap(({ path }) => path)])
    all.set(`${device.bus} ${device.address}`, device);
  return [...all.values()].flatMap((device) => {
    const kind = controllerKind(device);
    if (!kind) return [];
    const on = disks.filter(({ path }) => path.some((one) => one.bus === device.bus && one.address === device.address));
    const { address, driver } = device;
    return [
      {
        kind,
        name: controllerName(device),
        address,
        ...(driver !== undefined && { driver }),
        disks: on.map(({ name }) => name),
      },
    ];
  });
}
