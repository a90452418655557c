import type { PartitionInfo } from "#imaging/image/manifest.ts";
import type { EfiLoader } from "#imaging/preflight/content/boot/efi-loaders.ts";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import type {
  DeviceDrivers,
  DriverPlace,
  KernelContent,
  LinuxContent,
} from "#imaging/preflight/content/linux/linux-content.ts";
import type { WindowsContent, WindowsDriver } from "#imaging/preflight/content/windows/windows-content.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";

const GIB = 2 ** 30;

/** What a kernel has for all that lies between a machine's processor and its disk, at the same place. */
export const driversAt = (machine: MachineHardware, place: DriverPlace | "none"): DeviceDrivers[] =>
  (machine.disks[0]?.path ?? []).map(({ modalias, driver = "some" }) => ({
    modalias,
    drivers: place === "none" ? [] : [{ module: driver, place }],
  }));

export const kernel = (machine: MachineHardware, more: Partial<KernelContent> = {}): KernelContent => ({
  version: "6.12.0-1-amd64",
  path: "/boot/vmlinuz-6.12.0-1-amd64",
  architecture: "x86_64",
  signers: ["Debian Secure Boot CA", "Debian Secure Boot Signer 2022 - linux"],
  hash: "11",
  initramfs: {
    path: "/boot/initrd.img-6.12.0-1-amd64",
    unread: undefined,
    hasModules: true,
    tools: { lvm: false, cryptsetup: false, mdadm: false },
  },
  missingInitramfs: undefined,
  hasModules: true,
  devices: driversAt(machine, "initramfs"),
  options: "root=UUID=a ro",
  ...more,
});

export const linux = (machine: MachineHardware, more: Partial<LinuxContent> = {}): LinuxContent => ({
  kind: "linux",
  name: "Debian GNU/Linux 13 (trixie)",
  partition: 3,
  inside: [],
  distribution: "debian",
  versionId: "13",
  architecture: "x86_64",
  kernels: [kernel(machine)],
  defaultKernel: 0,
  initramfsTool: "update-initramfs",
  references: [{ folder: "/", device: "UUID=a", isOptional: false, isFound: true }],
  missing: [],
  unlocksByTpm: false,
  interfaces: [],
  grubInLuks: undefined,
  grubPlatforms: ["i386-pc", "x86_64-efi", "x86_64-efi-signed"],
  ...more,
});

export const windows = (
  machine: MachineHardware,
  drivers: readonly WindowsDriver[],
  more: Partial<WindowsContent> = {},
): WindowsContent => ({
  ...{ kind: "windows", name: "Windows 10 Pro", partition: 3, inside: [], architecture: "x86_64" },
  ...{
    major: 10,
    minor: 0,
    build: 19045,
    hasEfiFiles: true,
    hasBiosFiles: true,
    hasEfiBcd: true,
    hasBiosBcd: true,
    unread: undefined,
  },
  devices: (machine.disks[0]?.path ?? []).map(({ modalias }) => ({ modalias, drivers })),
  ...more,
});

const partition = (number: number, filesystem: string): PartitionInfo => ({
  ...{ number, start: number * GIB, size: GIB, type: "x", typeName: "x", active: false, role: "primary" },
  filesystem: { type: filesystem, blockSize: 4096, size: GIB, warnings: [] },
});

const loader = (path: string, kind: EfiLoader["kind"], more: Partial<EfiLoader> = {}): EfiLoader => ({
  ...{ partition: 2, path, kind, architecture: "x86_64", signers: undefined, hash: path, sbat: {}, vendors: [] },
  ...more,
});

/** Debian's signed chain at the place where firmware looks. */
export const SIGNED: readonly EfiLoader[] = [
  loader("EFI/BOOT/BOOTX64.EFI", "shim", {
    signers: ["Microsoft Corporation UEFI CA 2011", "Microsoft Windows UEFI Driver Publisher"],
    sbat: { sbat: 1, shim: 4 },
    vendors: ["Debian Secure Boot CA"],
  }),
  loader("EFI/BOOT/grubx64.efi", "grub", {
    signers: ["Debian Secure Boot CA", "Debian Secure Boot Signer 2022 - grub2"],
    sbat: { sbat: 1, grub: 5 },
  }),
];

/** What grub-install makes of itself. */
export const UNSIGNED: readonly EfiLoader[] = [loader("EFI/BOOT/BOOTX64.EFI", "grub")];

export const MICROSOFT: readonly EfiLoader[] = [
  loader("EFI/Microsoft/Boot/bootmgfw.efi", "windows", { signers: ["Microsoft Windows Production PCA 2011"] }),
  loader("EFI/Boot/bootx64.efi", "windows", { signers: ["Microsoft Windows Production PCA 2011"] }),
];

/** A disk that starts by BIOS and UEFI. */
export const diskContent = (systems: DiskContent["systems"], more: Partial<DiskContent> = {}): DiskContent => ({
  tableType: "gpt",
  size: 8 * GIB,
  sectorSize: 512,
  partitions: [partition(2, "vfat"), partition(3, systems[0]?.kind === "windows" ? "ntfs" : "ext4")],
  regions: [],
  bootCode: { kind: "grub", active: undefined, isWhole: true },
  loaders: SIGNED,
  grubConfigs: [{ partition: 2, path: "EFI/debian/grub.cfg" }],
  efiPartitions: [2],
  systems,
  luks: [],
  closed: [],
  ...more,
});

/** Another kind of container around the system's partition. */
export const inside = (content: DiskContent, filesystem: string, warnings: string[] = []): DiskContent => ({
  ...content,
  partitions: content.partitions.map((one) =>
    one.number === 3 && one.filesystem
      ? { ...one, filesystem: { ...one.filesystem, type: filesystem, warnings } }
      : one,
  ),
});
