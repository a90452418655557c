import { at, bytes, struct, u8, u16, u32, uuid } from "#base/struct.ts";

const SPEC = "Linux kernel, Documentation/filesystems/ext4/globals.rst";

/** The fields that say where things are; all others are left alone. It lies 1024 bytes into the volume. */
export const superblock = struct("ext4_super_block", `${SPEC}, super block`, 1024, {
  inodesCount: at(0x00, u32, "inodes in all groups"),
  blocksCountLow: at(0x04, u32, "blocks, low 32 bits"),
  firstDataBlock: at(0x14, u32, "block of the first group: 1 with blocks of 1 KiB, else 0"),
  logBlockSize: at(0x18, u32, "block size is 2^(10 + this)"),
  logClusterSize: at(0x1c, u32, "cluster size is 2^(10 + this), with bigalloc"),
  blocksPerGroup: at(0x20, u32, ""),
  clustersPerGroup: at(0x24, u32, "with bigalloc; else equal to blocksPerGroup"),
  inodesPerGroup: at(0x28, u32, ""),
  magic: at(0x38, u16, "0xEF53"),
  state: at(0x3a, u16, "1 unmounted cleanly, 2 errors were found"),
  revision: at(0x4c, u32, "0 has fixed inode sizes"),
  inodeSize: at(0x58, u16, "bytes"),
  featureCompat: at(0x5c, u32, "features a driver may ignore"),
  featureIncompat: at(0x60, u32, "features a driver must know to read"),
  featureRoCompat: at(0x64, u32, "features a driver must know to write"),
  uuid: at(0x68, uuid, ""),
  label: at(0x78, bytes(16), "UTF-8, padded with NUL"),
  reservedGdtBlocks: at(0xce, u16, "descriptor blocks kept free for growth"),
  descriptorSize: at(0xfe, u16, "bytes of a group descriptor, with 64bit"),
  firstMetaBlockGroup: at(0x104, u32, "first descriptor block that is laid out as meta_bg says"),
  blocksCountHigh: at(0x150, u32, "blocks, high 32 bits, with 64bit"),
  checksumType: at(0x175, u8, "1 is CRC-32C"),
  backupGroups0: at(0x24c, u32, "first group with a backup, with sparse_super2"),
  backupGroups1: at(0x250, u32, "second one"),
  checksumSeed: at(0x270, u32, "with csum_seed"),
  checksum: at(0x3fc, u32, "CRC-32C of all before it, with metadata_csum"),
});

export const groupDescriptor = struct("ext4_group_desc", `${SPEC}, block group descriptors`, 32, {
  blockBitmapLow: at(0x00, u32, "block"),
  inodeBitmapLow: at(0x04, u32, "block"),
  inodeTableLow: at(0x08, u32, "first block"),
  freeBlocksLow: at(0x0c, u16, "clusters with bigalloc"),
  flags: at(0x12, u16, "1 inode table, 2 block bitmap not initialised"),
  blockBitmapChecksumLow: at(0x18, u16, "CRC-32C, low 16 bits"),
  checksum: at(0x1e, u16, "CRC-32C, low 16 bits; or CRC-16 with gdt_csum alone"),
});

/** The second half of a descriptor of 64 or more bytes. Offsets count from byte 32. */
export const groupDescriptorHigh = struct("ext4_group_desc (64bit)", `${SPEC}, block group descriptors`, 32, {
  blockBitmap: at(0x00, u32, "high 32 bits"),
  inodeBitmap: at(0x04, u32, "high 32 bits"),
  inodeTable: at(0x08, u32, "high 32 bits"),
  freeBlocks: at(0x0c, u16, "high 16 bits"),
  blockBitmapChecksum: at(0x18, u16, "high 16 bits"),
});

/** Feature bits that decide where metadata lies or whether the bitmaps may be trusted. */
export const COMPAT = { hasJournal: 0x4, sparseSuper2: 0x200 } as const;
export const INCOMPAT = { recover: 0x4, journalDevice: 0x8, metaBg: 0x10, wide: 0x80, checksumSeed: 0x2000 } as const;
export const RO_COMPAT = { sparseSuper: 0x1, gdtChecksum: 0x10, bigalloc: 0x200, metadataChecksum: 0x400 } as const;
export const STATE = { clean: 1, errors: 2 } as const;
export const BLOCK_UNINIT = 2;

/**
 * filetype, recover, meta_bg, extents, 64bit, mmp, flex_bg, ea_inode, csum_seed, largedir, inline_data, encrypt,
 * casefold: none of them hides a used block from the bitmaps. With any other we cannot say.
 */
export const KNOWN_INCOMPAT =
  0x2 | 0x4 | 0x10 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x2000 | 0x4000 | 0x8000 | 0x30000;
