import { LifeboatError } from "#base/errors.ts";
import { entriesSectorsOf, usableOf } from "#imaging/disk/table-design.ts";

/** The initramfs looks for this label (rescue/init/initramfs). */
export const BOOT_LABEL = "LIFEBOAT";
/** Name in the partition table, by which the rescue system finds it: a label of exFAT has 11 letters at the most. */
export const DATA_NAME = "LIFEBOAT-DATA";

/** Bytes on the disk. */
export interface Place {
  readonly start: number;
  readonly size: number;
}

/** Where the partitions of a stick lie. */
export interface StickLayout {
  /** For GRUB's core image; where no BIOS starts from the disk there is none. */
  readonly bios: Place | undefined;
  readonly boot: Place;
  readonly data: Place;
}

const MIB = 1 << 20;
/** GRUB's core image takes an eighth of it: there is room for the one that is used and the next one. */
const BIOS_BYTES = MIB;
/** What a set may grow to before a stick must be made anew. */
const GROWTH = 1.25;
const LEAST_SET = 512 * MIB;
const LEAST_DATA = 64 * MIB;
/** Boot sectors, the root directory and what is left free in front of the first set; the FATs take 8 bytes a cluster of 4 KiB. */
const BOOT_OVERHEAD = 6 * MIB;
const FATS_SHARE = 8 / 4096;

const up = (bytes: number): number => Math.ceil(bytes / MIB) * MIB;
const down = (bytes: number): number => Math.floor(bytes / MIB) * MIB;

/** Bytes of a boot partition that holds two sets like this one, somewhat grown. */
export function bootPartitionSize(setBytes: number): number {
  const sets = 2 * Math.max(LEAST_SET, setBytes * GROWTH);
  return up(sets * (1 + FATS_SHARE) + BOOT_OVERHEAD);
}

/**
 * A BIOS boot partition, the boot partition, and for data all the rest, each at a whole MiB. No BIOS starts from a disk with sectors of
 * 4096 bytes. @param setBytes of the files that start the rescue system @throws TARGET_TOO_SMALL
 */
export function stickLayout(
  { name, size, sectorSize }: { readonly name: string; readonly size: number; readonly sectorSize: number },
  setBytes: number,
): StickLayout {
  const bios = sectorSize === 512 ? { start: MIB, size: BIOS_BYTES } : undefined;
  const boot = { start: bios ? bios.start + bios.size : MIB, size: bootPartitionSize(setBytes) };
  const start = boot.start + boot.size;
  const end = down(usableOf("gpt", size, sectorSize).end);
  const backup = (entriesSectorsOf(sectorSize) + 1) * sectorSize;
  if (end - start < LEAST_DATA)
    throw new LifeboatError("STICK_TOO_SMALL", { target: name, need: start + LEAST_DATA + backup, have: size });
  return { bios, boot, data: { start, size: end - start } };
}
