import { at, bits64, bytes, struct, u8, u16, u32, u64, uuid } from "#base/struct.ts";

const SPEC = "Linux kernel, include/linux/f2fs_fs.h";

/** 1024 bytes into block 0, and a copy 1024 bytes into block 1. */
export const superblock = struct("f2fs_super_block", SPEC, 3072, {
  magic: at(0, u32, "F2F52010"),
  logSectorSize: at(8, u32, "9 to 12"),
  logSectorsPerBlock: at(12, u32, ""),
  logBlockSize: at(16, u32, "12"),
  logBlocksPerSegment: at(20, u32, "9"),
  checksumOffset: at(32, u32, "3068, with sb_chksum"),
  blocks: at(36, u64, "of the volume"),
  segments: at(48, u32, "from segment0 to the end of the main area"),
  checkpointSegments: at(52, u32, "2"),
  sitSegments: at(56, u32, "of both copies of the segment information table"),
  natSegments: at(60, u32, "of both copies of the node address table"),
  ssaSegments: at(64, u32, "of the segment summary area"),
  mainSegments: at(68, u32, "of the main area: files, directories, nodes"),
  segment0: at(72, u32, "block"),
  checkpointBlock: at(76, u32, ""),
  sitBlock: at(80, u32, ""),
  natBlock: at(84, u32, ""),
  ssaBlock: at(88, u32, ""),
  mainBlock: at(92, u32, ""),
  uuid: at(108, uuid, ""),
  label: at(124, bytes(1024), "UTF-16"),
  checkpointPayload: at(1664, u32, "blocks that the SIT's bitmap takes behind a checkpoint"),
  features: at(2180, u32, "see FEATURE"),
  firstDevice: at(2201, u8, "first character of the first device's path; 0: there is one device"),
  stopReasons: at(2762, bytes(32), "how often checkpoints were stopped, by reason; 0 is a wanted shutdown"),
  errors: at(2794, bytes(16), "bits for the kinds of inconsistency that were found"),
  checksum: at(3068, u32, "CRC-32, with sb_chksum"),
});

/** First and last block of a checkpoint pack; the version bitmaps follow. */
export const checkpoint = struct("f2fs_checkpoint", SPEC, 192, {
  version: at(0, bits64, "the newer of two packs has the higher one"),
  validBlocks: at(16, u64, "in the main area, with those that are reserved and not written"),
  freeSegments: at(32, u32, ""),
  nodeSegments: at(36, bytes(32), "u32[8]: segments that nodes are written to; three are in use"),
  nodeOffsets: at(68, bytes(16), "u16[8]: next free block in them"),
  dataSegments: at(84, bytes(32), "u32[8]: segments that data is written to; three are in use"),
  dataOffsets: at(116, bytes(16), "u16[8]"),
  flags: at(132, u32, "see CHECKPOINT"),
  packBlocks: at(136, u32, "of this pack"),
  summaryStart: at(140, u32, "block of the pack at which the summaries start"),
  sitBitmapSize: at(156, u32, "bytes"),
  natBitmapSize: at(160, u32, "bytes"),
  checksumOffset: at(164, u32, "192 to 4092"),
});

/** 55 in a block. */
export const sitEntry = struct("f2fs_sit_entry", SPEC, 74, {
  validBlocks: at(0, u16, "low 10 bits; above them the segment's type"),
  validMap: at(2, bytes(64), "a bit a block, the highest of a byte first"),
  changed: at(66, bits64, ""),
});

/** Entries that are newer than the table, kept in the summaries of a checkpoint pack. */
export const sitJournalEntry = struct("sit_journal_entry", SPEC, 78, {
  segment: at(0, u32, ""),
  entry: at(4, bytes(74), "f2fs_sit_entry"),
});

/** Last 24 bytes of a node's block. */
export const nodeFooter = struct("node_footer", SPEC, 24, {
  node: at(0, u32, ""),
  inode: at(4, u32, ""),
  flag: at(8, u32, ""),
  checkpointVersion: at(12, bits64, "of the checkpoint it was written after; high half: that one's CRC"),
  next: at(20, u32, "block"),
});

export const MAGIC = 0xf2f52010;
export const BLOCK = 4096;
export const BLOCKS_PER_SEGMENT = 512;

export const FEATURE = { zoned: 0x2, superblockChecksum: 0x800, readOnly: 0x4000 } as const;
/** Up to compression: none of them puts a file's block where the SIT does not say so. */
export const KNOWN_FEATURES = 0x3fff & ~FEATURE.zoned;

export const CHECKPOINT = {
  unmounted: 0x1,
  compactSummary: 0x4,
  error: 0x8,
  needsFsck: 0x10,
  crcRecovery: 0x40,
  noCrcRecovery: 0x200,
  largeNatBitmap: 0x400,
  quotaNeedsFsck: 0x800,
  disabled: 0x1000,
  resizing: 0x4000,
} as const;
