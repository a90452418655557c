import { at, bits64, bytes, magic, struct, u8, u16, u32, u64 } from "#base/struct.ts";

const SPEC = "Microsoft exFAT specification 1.00";

/** First of the twelve sectors of a boot region; a second region follows the first. */
export const bootSector = struct("boot sector", `${SPEC}, section 3.1`, 512, {
  jump: at(0, bytes(3), "EB 76 90"),
  name: at(3, magic("EXFAT   "), ""),
  mustBeZero: at(11, bytes(53), "where FAT keeps its own layout, so that FAT drivers leave it alone"),
  partitionOffset: at(64, bits64, "sectors in front of the volume; 0: unknown"),
  volumeLength: at(72, u64, "sectors"),
  fatOffset: at(80, u32, "sector of the first FAT"),
  fatLength: at(84, u32, "sectors of a FAT"),
  heapOffset: at(88, u32, "sector of cluster 2"),
  clusters: at(92, u32, "in the cluster heap"),
  rootCluster: at(96, u32, "first cluster of the root directory"),
  serial: at(100, u32, ""),
  revision: at(104, u16, "major in the high byte: 1"),
  flags: at(106, u16, "see FLAG"),
  sectorShift: at(108, u8, "a sector has 2^this bytes: 9 to 12"),
  clusterShift: at(109, u8, "a cluster has 2^this sectors"),
  fats: at(110, u8, "1, or 2 on TexFAT"),
  percentInUse: at(112, u8, "FF: unknown"),
  signature: at(510, u16, "AA55"),
});

/** A directory is a list of entries of 32 bytes; this one says where the allocation bitmap is. */
export const bitmapEntry = struct("allocation bitmap entry", `${SPEC}, section 7.1`, 32, {
  type: at(0, u8, "81"),
  flags: at(1, u8, "bit 0: the second bitmap, of TexFAT"),
  firstCluster: at(20, u32, ""),
  length: at(24, u64, "bytes"),
});

export const upcaseEntry = struct("up-case table entry", `${SPEC}, section 7.2`, 32, {
  type: at(0, u8, "82"),
  checksum: at(4, u32, "of the table"),
  firstCluster: at(20, u32, ""),
  length: at(24, u64, "bytes"),
});

export const labelEntry = struct("volume label entry", `${SPEC}, section 7.3`, 32, {
  type: at(0, u8, "83"),
  characters: at(1, u8, "0 to 11"),
  label: at(2, bytes(22), "UTF-16"),
});

export const ENTRY = { end: 0x00, bitmap: 0x81, upcase: 0x82, label: 0x83 } as const;
export const FLAG = { secondFat: 1, dirty: 2, mediaFailure: 4 } as const;
