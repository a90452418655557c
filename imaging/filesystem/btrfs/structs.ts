import { at, bits64, bytes, struct, u8, u16, u32, u64, uuid } from "#base/struct.ts";

const SPEC = "btrfs documentation, On-disk Format; Linux kernel, include/uapi/linux/btrfs_tree.h";

/** The fields that say where things are; all others are left alone. It lies 64 KiB into the volume. */
export const superblock = struct("btrfs_super_block", SPEC, 4096, {
  checksum: at(0x00, bytes(32), "of all behind it"),
  uuid: at(0x20, uuid, "what users see"),
  address: at(0x30, u64, "byte offset of this copy"),
  flags: at(0x38, bits64, "SUPER_FLAG"),
  magic: at(0x40, bytes(8), '"_BHRfS_M"'),
  generation: at(0x48, u64, "of the last commit"),
  rootTree: at(0x50, u64, "logical address of the root"),
  chunkTree: at(0x58, u64, "logical address of the root"),
  logTree: at(0x60, u64, "logical address of the root, 0 without"),
  totalBytes: at(0x70, u64, "of all devices"),
  usedBytes: at(0x78, u64, "of all extents, each counted once"),
  devices: at(0x88, u64, ""),
  sectorSize: at(0x90, u32, "allocation unit in bytes"),
  nodeSize: at(0x94, u32, "bytes of a metadata block"),
  systemChunksSize: at(0xa0, u32, "bytes used of systemChunks"),
  chunkTreeGeneration: at(0xa4, u64, ""),
  readOnlyFeatures: at(0xb4, bits64, "READ_ONLY"),
  incompatFeatures: at(0xbc, bits64, "INCOMPAT"),
  checksumType: at(0xc4, u16, "CHECKSUM"),
  rootTreeLevel: at(0xc6, u8, ""),
  chunkTreeLevel: at(0xc7, u8, ""),
  logTreeLevel: at(0xc8, u8, ""),
  deviceId: at(0xc9, u64, "this device"),
  deviceBytes: at(0xd1, u64, "this device"),
  deviceUuid: at(0x10b, uuid, "this device"),
  label: at(0x12b, bytes(256), "UTF-8"),
  metadataUuid: at(0x23b, uuid, "what metadata bears, with INCOMPAT.metadataUuid"),
  systemChunks: at(0x32b, bytes(2048), "keys, each followed by its chunk"),
});

/** Of a metadata block; items or pointers follow. */
export const header = struct("btrfs_header", SPEC, 101, {
  checksum: at(0x00, bytes(32), "of all behind it"),
  uuid: at(0x20, uuid, ""),
  address: at(0x30, u64, "logical"),
  generation: at(0x50, u64, ""),
  owner: at(0x58, bits64, "TREE, or the number of a subvolume"),
  items: at(0x60, u32, ""),
  level: at(0x64, u8, "0 in leaves"),
});

/** Sorts by these three. */
export const key = struct("btrfs_disk_key", SPEC, 17, {
  object: at(0, bits64, ""),
  type: at(8, u8, "ITEM"),
  offset: at(9, bits64, ""),
});

/** In leaves, behind its key. */
export const item = struct("btrfs_item, without its key", SPEC, 8, {
  offset: at(0, u32, "of its data, from the end of the header"),
  size: at(4, u32, "bytes of its data"),
});

/** In nodes, behind the first key of the block it points to. */
export const pointer = struct("btrfs_key_ptr, without its key", SPEC, 16, {
  address: at(0, u64, "logical"),
  generation: at(8, u64, ""),
});

export const chunk = struct("btrfs_chunk, without stripes", SPEC, 48, {
  length: at(0, u64, "bytes of logical addresses"),
  type: at(24, bits64, "what is in it, and its profile: PROFILE"),
  stripes: at(44, u16, ""),
});

export const stripe = struct("btrfs_stripe", SPEC, 32, {
  device: at(0, u64, ""),
  offset: at(8, u64, "bytes, on the device"),
  uuid: at(16, uuid, "of the device"),
});

export const rootItem = struct("btrfs_root_item, up to its level", SPEC, 239, {
  generation: at(160, u64, ""),
  address: at(176, u64, "logical address of the tree's root"),
  level: at(238, u8, ""),
});

export const fileExtent = struct("btrfs_file_extent_item", SPEC, 53, {
  type: at(20, u8, "FILE_EXTENT"),
  address: at(21, u64, "logical, 0 for a hole"),
  length: at(29, u64, "bytes on disk"),
});

export const BTRFS_MAGIC = "_BHRfS_M";
export const SUPERBLOCK_OFFSET = 0x10000;
/** 64 KiB, 64 MiB, 256 GiB. */
export const SUPERBLOCK_COPIES: readonly number[] = [0x10000, 0x4000000, 0x4000000000];

/** Trees by number; the log's are written as 64-bit two's complement. */
export const TREE = { root: 1n, extent: 2n, chunk: 3n, log: 0xfffffffffffffffan } as const;
export const ITEM = { fileExtent: 108, root: 132, extent: 168, metadata: 169, chunk: 228 } as const;
/** Object of all chunk items. */
export const CHUNK_OBJECT = 256n;
export const FILE_EXTENT = { inline: 0, regular: 1, preallocated: 2 } as const;

export const PROFILE = {
  all: 0x7f8n,
  raid0: 0x8n,
  duplicate: 0x20n,
} as const;

export const CHECKSUM = { crc32c: 0, xxhash: 1, sha256: 2, blake2: 3 } as const;
export const INCOMPAT = { metadataUuid: 0x400n } as const;

/**
 * Mixed back references, default subvolume, mixed groups, LZO, Zstandard, large metadata blocks, extended references,
 * RAID5/6, small metadata items, no holes, metadata UUID, RAID1 with 3 and 4 copies, simple quotas. Not: zoned, the
 * second extent tree, the stripe tree, and what came later.
 */
export const KNOWN_INCOMPAT =
  0x1n | 0x2n | 0x4n | 0x8n | 0x10n | 0x20n | 0x40n | 0x80n | 0x100n | 0x200n | 0x400n | 0x800n | 0x10000n;
/** Free space tree and its validity, verity, block group tree: none changes what the extent tree says. */
export const KNOWN_READ_ONLY = 0x1n | 0x2n | 0x4n | 0x8n;
export const SUPER_FLAG = { error: 0x4n } as const;
/** Written, relocation, errors, a seed for other file systems. Not: a dump of metadata only, a conversion under way. */
export const KNOWN_FLAGS = 0x1n | 0x2n | 0x4n | 0x100000000n;
