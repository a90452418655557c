import * as z from "zod";

/**
 * What a machine is made of, as far as it decides whether an installed system starts on it. Saved as JSON, an image can be judged against a
 * machine that is elsewhere. No node: import, the user interface reads it too.
 */

/** Four hexadecimal digits in lower case, as lspci and lsusb print them. */
const Id = z.string().regex(/^[0-9a-f]{4}$/);
const Short = z.string().max(512);
const Bytes = z.int().nonnegative();

/** A device of the kernel's device tree, as sysfs shows it. */
export const MachineDevice = z.strictObject({
  /** "pci", "usb", "virtio", "scsi", "mmc", "vmbus" ... */
  bus: z.string().max(32),
  /** Its name on the bus: "0000:00:1f.2", "1-1:1.0". */
  address: z.string().max(128),
  /** What the kernel asks for when it looks for a driver (kmod, modules.alias). */
  modalias: Short,
  vendor: Id.optional(),
  device: Id.optional(),
  subsystemVendor: Id.optional(),
  subsystemDevice: Id.optional(),
  /** Of PCI, two hexadecimal digits: "02". */
  revision: z
    .string()
    .regex(/^[0-9a-f]{2}$/)
    .optional(),
  /** Of PCI, six hexadecimal digits: "010601"; of USB interfaces too: "080650". */
  class: z
    .string()
    .regex(/^[0-9a-f]{6}$/)
    .optional(),
  /** The driver in use, and the module that it is from, where that is told. */
  driver: z.string().max(128).optional(),
  module: z.string().max(128).optional(),
});
export type MachineDevice = z.infer<typeof MachineDevice>;

export const ControllerKind = z.enum([
  "ahci",
  "ide",
  "intel-rst",
  "intel-vmd",
  "nvme",
  "virtio-blk",
  "virtio-scsi",
  "megaraid",
  "lsi-sas",
  "smart-array",
  "pvscsi",
  "hyper-v",
  "xen",
  "usb",
  "sd",
  "raid",
  "scsi",
  "other",
]);
export type ControllerKind = z.infer<typeof ControllerKind>;

export const StorageController = z.strictObject({
  kind: ControllerKind,
  /** "Intel VMD (8086:9a0b)". */
  name: Short,
  address: z.string().max(128),
  driver: z.string().max(128).optional(),
  /** Names of the disks that hang on it: "nvme0n1". */
  disks: z.array(z.string().max(64)).max(1024),
});
export type StorageController = z.infer<typeof StorageController>;

export const MachineDisk = z.strictObject({
  name: z.string().max(64),
  size: Bytes,
  logicalSectorSize: z.int().positive(),
  physicalSectorSize: z.int().positive(),
  removable: z.boolean(),
  model: Short.optional(),
  serial: Short.optional(),
  /** What lies between processor and disk, the outermost first: a system that starts from it needs a driver for each. */
  path: z.array(MachineDevice).max(64),
});
export type MachineDisk = z.infer<typeof MachineDisk>;

export const MachineNetwork = z.strictObject({
  name: z.string().max(64),
  mac: z.string().max(64),
  wireless: z.boolean(),
  device: MachineDevice.optional(),
});
export type MachineNetwork = z.infer<typeof MachineNetwork>;

/** UEFI 2.10, 32: what firmware accepts when Secure Boot is on. */
export const SecureBoot = z.strictObject({
  enabled: z.boolean(),
  /** No key is enrolled yet, and whatever is said to be on is not enforced. */
  setupMode: z.boolean(),
  /** Common names of the certificates in db; absent when db could not be read. */
  trusted: z.array(Short).max(1024).optional(),
  /** Common names of the certificates that dbx forbids. */
  revoked: z.array(Short).max(1024),
  /** SHA-256 of programs that db names one by one, and that dbx forbids. */
  allowedHashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(16384),
  revokedHashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(16384),
  /** Common names of the owner's certificates, which shim accepts (MokListRT). */
  ownerTrusted: z.array(Short).max(1024),
  /** What shim refuses by age: "grub,4" (SbatLevelRT). */
  sbatLevel: z.array(Short).max(256),
});
export type SecureBoot = z.infer<typeof SecureBoot>;

export const MachineFirmware = z.strictObject({
  /** How this machine was started. */
  mode: z.enum(["bios", "uefi"]),
  /** Of UEFI: programs of which width it runs. */
  bits: z.union([z.literal(32), z.literal(64)]).optional(),
  /** SMBIOS says that the firmware knows UEFI; absent for a machine without SMBIOS, which may have no firmware of either kind. */
  knowsUefi: z.boolean().optional(),
  secureBoot: SecureBoot.optional(),
});
export type MachineFirmware = z.infer<typeof MachineFirmware>;

export const MachineHardware = z.strictObject({
  format: z.literal("lifeboat-machine/1"),
  /** ISO 8601, UTC. */
  readAt: z.iso.datetime(),
  /** "Dell Inc. Latitude 5430". */
  name: Short,
  isVirtual: z.boolean(),
  processor: z.strictObject({
    name: Short,
    /** As `uname --machine` says it of a system that uses all of it: "x86_64", "aarch64". */
    architecture: z.string().max(32),
    /** x86-64 psABI, micro-architecture levels 1 to 4. */
    level: z.int().min(1).max(4).optional(),
  }),
  memoryBytes: Bytes,
  firmware: MachineFirmware,
  tpm: z.strictObject({ version: z.enum(["1.2", "2.0", "unknown"]) }).optional(),
  power: z.strictObject({ battery: z.boolean(), onMains: z.boolean() }),
  devices: z.array(MachineDevice).max(4096),
  controllers: z.array(StorageController).max(256),
  disks: z.array(MachineDisk).max(1024),
  networks: z.array(MachineNetwork).max(1024),
});
export type MachineHardware = z.infer<typeof MachineHardware>;
