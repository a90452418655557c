import type { PartitionInfo, Region } from "#imaging/image/manifest.ts";

/** Whether a partition can live on sectors of another size. */
export interface SectorFit {
  /** Why it cannot, in plain words. */
  readonly refused?: string;
  /** Its file system has to be made anew for them. */
  readonly remade?: boolean;
}

/** Nothing in them depends on sectors, or nothing is in them. */
const EMPTY_TYPES = new Set([
  "e3c9e316-0b5c-4db8-817d-f92df00215ae", // Microsoft reserved
  "21686148-6449-6e6f-744e-656564454649", // BIOS boot
]);
const BY_BLOCKS = ["ext2", "ext3", "ext4", "btrfs", "f2fs"];
/** Their boot sector says how large a sector is, and drivers hold that against the disk. */
const BY_BOOT_SECTOR = ["vfat", "exfat", "ntfs", "xfs"];

/**
 * What sectors of another size mean for a partition: file systems made of blocks of 4 KiB do not mind; one that is written
 * in sectors of 512 bytes cannot be read on a disk that has none of these.
 * @param sector bytes of a sector as the file system itself says, where that is known
 */
export function sectorFit(
  { filesystem, type }: PartitionInfo,
  region: Region | undefined,
  { from, to, sector }: { from: number; to: number; sector: number | undefined },
): SectorFit {
  if (from === to || EMPTY_TYPES.has(type)) return {};
  if (!filesystem) return { refused: "what is in it is not known" };
  const name = filesystem.type;
  if (name === "swap") return {};
  if (BY_BLOCKS.includes(name)) return blocksFit(name, filesystem.blockSize, to);
  if (BY_BOOT_SECTOR.includes(name)) return bootSectorFits(name, sector ?? from, to);
  if (name === "crypto_LUKS" || name === "BitLocker")
    return { refused: "what is encrypted in it may depend on the size of sectors" };
  if (name === "LVM2_member") return insideFits(region, to);
  return { refused: `${name} is not known to live on sectors of another size` };
}

function blocksFit(name: string, blockSize: number, to: number): SectorFit {
  if (blockSize >= to) return {};
  return { refused: `the blocks of its ${name} have ${blockSize} bytes, and must not be smaller than sectors` };
}

function bootSectorFits(name: string, sector: number, to: number): SectorFit {
  if (name === "ntfs")
    return sector === to
      ? {}
      : { refused: `Windows reads an NTFS only on sectors of the size that it was made for, ${sector} bytes` };
  // Smaller sectors than it was made for are no hindrance.
  if (sector >= to) return {};
  return name === "exfat" ? { refused: "no tool makes an exFAT anew with all that is in it" } : { remade: true };
}

/** The volumes in it must fit each; a container has no sectors of its own. */
function insideFits(region: Region | undefined, to: number): SectorFit {
  for (const { name, filesystem } of region?.contents ?? []) {
    const type = filesystem?.type;
    const fits = type === "swap" || (type && BY_BLOCKS.includes(type) && (filesystem?.blockSize ?? 0) >= to);
    if (!fits) return { refused: `${name} in it (${type ?? "unknown"}) may depend on the size of sectors` };
  }
  return region?.contents ? {} : { refused: "what is in it is not known" };
}
