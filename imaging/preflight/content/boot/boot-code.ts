import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";

/** What a BIOS starts from a disk: the code in its first sector, and what that goes on with. */
export interface BootCode {
  readonly kind: "grub" | "windows" | "syslinux" | "other" | "none";
  /** Number of the partition that is marked active, in an MBR. */
  readonly active: number | undefined;
  /** Of GRUB: its second part is where the first sector says. */
  readonly isWhole: boolean;
}

/** Bytes of the first sector in front of the disk signature and the table (UEFI 2.10, 5.2.1). */
const CODE = 440;
const SECTOR = 512;
/** GRUB 2: boot/i386/pc/boot.S: what it says, and the sector at which its second part lies (GRUB_BOOT_MACHINE_KERNEL_SECTOR). */
const GRUB_SAYS = "GRUB \0Geom\0";
const GRUB_SECTOR = 0x5c;

/**
 * @param device the disk, or an image of it
 * @throws READ_FAILED
 */
export async function readBootCode(device: ReadableDevice, partitions: readonly PartitionInfo[]): Promise<BootCode> {
  const active = partitions.find((partition) => partition.active)?.number;
  if (device.size < SECTOR) return { kind: "none", active, isWhole: false };
  const first = Buffer.from(await readBytes(device, 0, SECTOR)).subarray(0, CODE);
  const has = (text: string) => first.includes(Buffer.from(text, "latin1"));
  if (first.every((byte) => byte === 0)) return { kind: "none", active, isWhole: false };
  if (has(GRUB_SAYS)) return { kind: "grub", active, isWhole: await hasSecondPart(device, first) };
  if (has("Invalid partition table") || has("Missing operating system"))
    return { kind: await activeKind(device, partitions, active), active, isWhole: active !== undefined };
  return { kind: "other", active, isWhole: active !== undefined };
}

/** Of a legacy boot loader that was moved away, the place is empty. */
async function hasSecondPart(device: ReadableDevice, first: Buffer): Promise<boolean> {
  const at = first.readBigUInt64LE(GRUB_SECTOR) * BigInt(SECTOR);
  if (at === 0n || at + BigInt(SECTOR) > BigInt(device.size)) return false;
  const second = await readBytes(device, Number(at), SECTOR);
  // diskboot.S says "loading", and begins with code.
  return Buffer.from(second).includes("loading") && second[0] !== 0;
}

/** Code that starts the active partition is of Windows, or of syslinux: what begins there tells. */
async function activeKind(
  device: ReadableDevice,
  partitions: readonly PartitionInfo[],
  active: number | undefined,
): Promise<BootCode["kind"]> {
  const start = partitions.find(({ number }) => number === active)?.start;
  if (start === undefined || start + SECTOR > device.size) return "other";
  const sector = Buffer.from(await readBytes(device, start, SECTOR));
  if (sector.includes("BOOTMGR") || sector.includes("NTLDR")) return "windows";
  if (sector.includes("SYSLINUX") || sector.includes("EXTLINUX")) return "syslinux";
  return sector.includes(Buffer.from(GRUB_SAYS, "latin1")) ? "grub" : "other";
}
