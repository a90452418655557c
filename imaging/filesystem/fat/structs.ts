import { at, bits64, bytes, struct, u8, u16, u32 } from "#base/struct.ts";

const SPEC = "Microsoft FAT specification 1.03";

/** Sector 0, the part that all FAT types share. */
export const biosParameterBlock = struct("BPB", `${SPEC}, section 3.1`, 36, {
  jump: at(0, bytes(3), "EB xx 90 or E9 xx xx"),
  oemName: at(3, bytes(8), ""),
  bytesPerSector: at(11, u16, "512, 1024, 2048 or 4096"),
  sectorsPerCluster: at(13, u8, "a power of two"),
  reservedSectors: at(14, u16, "sectors before the first FAT"),
  fats: at(16, u8, "copies of the FAT, 1 or 2"),
  rootEntries: at(17, u16, "0 on FAT32"),
  totalSectors16: at(19, u16, "0: see totalSectors32"),
  media: at(21, u8, "F0, or F8 to FF"),
  sectorsPerFat16: at(22, u16, "0 on FAT32"),
  totalSectors32: at(32, u32, ""),
});

/** Offset 36 of sector 0 on FAT12 and FAT16. */
export const extension16 = struct("BPB (FAT12, FAT16)", `${SPEC}, section 3.2`, 26, {
  state: at(1, u8, "bit 0: not unmounted cleanly"),
  signature: at(2, u8, "28 or 29: the serial number is there"),
  serial: at(3, u32, ""),
  label: at(7, bytes(11), "a copy; the label itself is in the root directory"),
});

/** Offset 36 of sector 0 on FAT32. */
export const extension32 = struct("BPB (FAT32)", `${SPEC}, section 3.3`, 54, {
  sectorsPerFat: at(0, u32, ""),
  flags: at(4, u16, "bit 7: only the FAT of bits 0-3 is kept up to date"),
  version: at(6, u16, "0"),
  rootCluster: at(8, u32, "first cluster of the root directory"),
  infoSector: at(12, u16, "sector of FSInfo"),
  state: at(29, u8, "bit 0: not unmounted cleanly"),
  signature: at(30, u8, "28 or 29: the serial number is there"),
  serial: at(31, u32, ""),
  label: at(35, bytes(11), "a copy; the label itself is in the root directory"),
});

export const directoryEntry = struct("directory entry", `${SPEC}, section 6`, 32, {
  name: at(0, bytes(11), "00 ends the directory, E5 is deleted"),
  attributes: at(11, u8, "08 volume label, 0F part of a long name"),
  times: at(12, bits64, ""),
  clusterHigh: at(20, u16, "upper half of the first cluster, on FAT32"),
  clusterLow: at(26, u16, "lower half of the first cluster"),
});

/** Of FAT32: how much is free, and where to look for it. */
export const fsInfo = struct("FSInfo", `${SPEC}, section 5`, 512, {
  lead: at(0, u32, "41615252"),
  structure: at(484, u32, "61417272"),
  free: at(488, u32, "free clusters; FFFFFFFF: not known"),
  next: at(492, u32, "the cluster behind which a free one is looked for; FFFFFFFF: not known"),
  trail: at(508, u32, "AA550000"),
});
