import { PRIMARY_LBA } from "#imaging/disk/gpt.ts";
import type { Partition } from "#imaging/disk/partition.ts";
import { sectorCount } from "#imaging/disk/sectors.ts";
import type { Extent } from "#imaging/extent.ts";

/** A table to be made. */
export interface TableDesign {
  readonly type: "gpt" | "mbr";
  /** Bytes of the disk. */
  readonly size: number;
  /** Bytes, 512 or 4096. */
  readonly sectorSize: number;
  /** GPT: the disk's GUID. MBR: the disk signature as 8 hexadecimal digits, undefined for 0. */
  readonly diskId: string | undefined;
  /** Boot code of sector 0, at most 440 bytes, or none. */
  readonly bootCode?: Uint8Array;
  /**
   * Of an MBR the extended one too, which holds all logical ones. An MBR derives `guid` from the disk signature and
   * the number, so what stands there is not looked at; it holds neither names nor attributes. In a GPT `active` sets
   * bit 2 of the attributes, and where these have it set it stays.
   */
  readonly partitions: readonly Partition[];
}

/** Entries of a new GPT: what all tools make, and the least that UEFI 2.10, 5.3.1 wants room for (16 KiB). */
export const GPT_ENTRIES = 128;
export const GPT_ENTRY_BYTES = 128;
/** Where both kinds of 32-bit fields of an MBR end, in sectors. */
const MBR_SECTORS = 2 ** 32;

export const entriesSectorsOf = (sectorSize: number): number => (GPT_ENTRIES * GPT_ENTRY_BYTES) / sectorSize;

/**
 * Where partitions may lie, in bytes, on a new table; empty when the disk is too small for one. Behind the first GPT
 * that is LBA 34 for sectors of 512 bytes and LBA 6 for 4096, as with parted and sgdisk. The logical partitions of an
 * MBR need a sector more before each of them.
 */
export function usableOf(type: "gpt" | "mbr", size: number, sectorSize: number): Extent {
  const lbas = sectorCount(size, sectorSize);
  if (type === "mbr") {
    const end = Math.min(lbas, MBR_SECTORS) * sectorSize;
    return { start: Math.min(sectorSize, end), end };
  }
  const entries = entriesSectorsOf(sectorSize);
  const start = (PRIMARY_LBA + 1 + entries) * sectorSize;
  return { start, end: Math.max(start, (lbas - 1 - entries) * sectorSize) };
}
