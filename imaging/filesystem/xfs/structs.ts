import { at, bytes, struct, u8, u16be, u32, u32be, u64be, uuid } from "#base/struct.ts";

const SPEC = "XFS Algorithms & Data Structures, 3rd edition";

/** The fields that say where things are; all others are left alone. Sector 0, and of each allocation group. */
export const superblock = struct("xfs_dsb", `${SPEC}, Superblocks`, 512, {
  magic: at(0, u32be, '"XFSB"'),
  blockSize: at(4, u32be, "bytes"),
  blocks: at(8, u64be, "of the data volume"),
  realtimeBlocks: at(16, u64be, "of the realtime volume"),
  uuid: at(32, uuid, "what users see"),
  logStart: at(48, u64be, "block number of an internal log, 0 for an external one"),
  rootInode: at(56, u64be, ""),
  agBlocks: at(84, u32be, "blocks of an allocation group; the last one may be shorter"),
  agCount: at(88, u32be, ""),
  logBlocks: at(96, u32be, ""),
  version: at(100, u16be, "low 4 bits: 4 or 5; above: VERSION"),
  sectorSize: at(102, u16be, "bytes"),
  label: at(108, bytes(12), ""),
  blockLog: at(120, u8, "block size is 2^this"),
  inodesPerBlockLog: at(123, u8, ""),
  agBlockLog: at(124, u8, "bits of a block number that count within a group"),
  inProgress: at(126, u8, "not 0 while mkfs runs"),
  freeBlocks: at(144, u64be, ""),
  features2: at(200, u32be, "version 4: FEATURES2"),
  readOnlyFeatures: at(212, u32be, "version 5: READ_ONLY"),
  incompatFeatures: at(216, u32be, "version 5: INCOMPAT"),
  logFeatures: at(220, u32be, "version 5: what an unclean log holds"),
  checksum: at(224, u32, "CRC-32C of the sector, little-endian"),
  metadataUuid: at(248, uuid, "what metadata bears, with INCOMPAT.metadataUuid"),
});

/** The second sector of each group. */
export const freeSpaceHeader = struct("xfs_agf", `${SPEC}, AG Free Space Block`, 224, {
  magic: at(0, u32be, '"XAGF"'),
  version: at(4, u32be, "1"),
  number: at(8, u32be, "of the group"),
  length: at(12, u32be, "blocks of the group"),
  byBlockRoot: at(16, u32be, "block of the root of the tree by block number"),
  byBlockLevels: at(28, u32be, ""),
  freeBlocks: at(52, u32be, "in the free space trees"),
  longest: at(56, u32be, "blocks of the longest free extent"),
  uuid: at(64, uuid, "version 5"),
  checksum: at(216, u32, "version 5: CRC-32C of the sector, little-endian"),
});

/** A block of a tree whose pointers are block numbers within the group. */
export const shortTreeBlock = struct("xfs_btree_sblock", `${SPEC}, Short Format B+trees`, 16, {
  magic: at(0, u32be, "ABTB, or AB3B in version 5"),
  level: at(4, u16be, "0 in leaves"),
  records: at(6, u16be, ""),
  left: at(8, u32be, "sibling, or NO_BLOCK"),
  right: at(12, u32be, "sibling, or NO_BLOCK"),
});

/** What version 5 adds behind it. */
export const shortTreeBlockTail = struct("xfs_btree_sblock, version 5", `${SPEC}, Short Format B+trees`, 40, {
  address: at(0, u64be, "of this block, in units of 512 bytes"),
  uuid: at(16, uuid, ""),
  owner: at(32, u32be, "number of the group"),
  checksum: at(36, u32, "CRC-32C of the block, little-endian"),
});

/** The first sector of a log record. */
export const logRecord = struct("xlog_rec_header", `${SPEC}, Log Record Header`, 324, {
  magic: at(0, u32be, "FEEDBABE"),
  cycle: at(4, u32be, "how often the log has been gone round"),
  version: at(8, u32be, "1 or 2"),
  length: at(12, u32be, "bytes behind the header"),
  lsnCycle: at(16, u32be, "its own place: cycle ..."),
  lsnBlock: at(20, u32be, "... and block"),
  operations: at(40, u32be, ""),
  uuid: at(304, uuid, "that of the file system"),
  bufferSize: at(320, u32be, "version 2: one header sector for each 32 KiB of it"),
});

/** The first four bytes are overwritten by the cycle where it starts a sector. */
export const logOperation = struct("xlog_op_header", `${SPEC}, Log Operations`, 12, {
  flags: at(9, u8, "OPERATION"),
});

export const XFS_MAGIC = 0x58465342;
export const AGF_MAGIC = 0x58414746;
/** Trees of free space by block number: of version 4 and of version 5. */
export const BY_BLOCK_MAGIC = { v4: 0x41425442, v5: 0x41423342 } as const;
export const LOG_MAGIC = 0xfeedbabe;
export const OPERATION = { unmount: 0x20 } as const;
export const NO_BLOCK = 0xffffffff;

export const VERSION = { number: 0xf, logV2: 0x400, more: 0x8000 } as const;
export const INCOMPAT = { metadataUuid: 0x4, needsRepair: 0x10, zoned: 0x200 } as const;

/** lazy counters, attr2, parent pointers, 32-bit project ids, checksums, file types: none moves a free block. */
export const KNOWN_FEATURES2 = 0x2 | 0x8 | 0x10 | 0x80 | 0x100 | 0x200;
/** Free inode tree, reverse map, reflink, inode tree counters: their blocks are not in the free space trees. */
export const KNOWN_READ_ONLY = 0x1 | 0x2 | 0x4 | 0x8;
/**
 * File types, sparse inodes, metadata UUID, big timestamps, 64-bit extent counts, exchange of ranges, parent pointers,
 * metadata directory. None changes the free space trees.
 */
export const KNOWN_INCOMPAT = 0x1 | 0x2 | 0x4 | 0x8 | 0x20 | 0x40 | 0x80 | 0x100;
