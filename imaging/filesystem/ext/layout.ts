import type { Infer } from "#base/struct.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { crc32c } from "#imaging/filesystem/crc32c.ts";
import { COMPAT, INCOMPAT, RO_COMPAT, superblock } from "#imaging/filesystem/ext/structs.ts";
import { damaged, isPowerOfTwo } from "#imaging/filesystem/volume.ts";

export const SUPERBLOCK_OFFSET = 1024;
export const EXT_MAGIC = 0xef53;

/** Where everything lies, with all values checked against each other. Blocks are counted from the volume's start. */
export interface ExtLayout {
  readonly sb: Infer<typeof superblock>;
  readonly blockSize: number;
  /** Blocks one bit of a bitmap stands for: 1 without bigalloc. */
  readonly clusterBlocks: number;
  readonly blocks: number;
  readonly blocksPerGroup: number;
  readonly groups: number;
  readonly descriptorSize: number;
  readonly descriptorBlocks: number;
  readonly inodeTableBlocks: number;
  readonly metadataChecksum: boolean;
  readonly checksumSeed: number;
  /** The superblock's own checksum is right, or it has none. */
  readonly superblockSound: boolean;
}

const uuidBytes = (raw: Uint8Array) => raw.subarray(0x68, 0x78);

/** @returns undefined without the magic. @throws FILESYSTEM_DAMAGED when its values contradict each other. */
export async function readLayout(volume: ReadableDevice): Promise<ExtLayout | undefined> {
  if (volume.size < SUPERBLOCK_OFFSET + superblock.size) return undefined;
  const raw = await readBytes(volume, SUPERBLOCK_OFFSET, superblock.size);
  const sb = superblock.parse(raw);
  if (sb.magic !== EXT_MAGIC || sb.featureIncompat & INCOMPAT.journalDevice) return undefined;
  const fail = (problem: string) => damaged(volume, "ext4", SUPERBLOCK_OFFSET, problem);
  if (sb.logBlockSize > 6) throw fail(`block size 2^${10 + sb.logBlockSize}`);
  const blockSize = 1024 << sb.logBlockSize;
  const bigalloc = (sb.featureRoCompat & RO_COMPAT.bigalloc) !== 0;
  if (bigalloc && (sb.logClusterSize < sb.logBlockSize || sb.logClusterSize > 19))
    throw fail("impossible cluster size");
  const clusterBlocks = bigalloc ? 2 ** (sb.logClusterSize - sb.logBlockSize) : 1;
  const wide = (sb.featureIncompat & INCOMPAT.wide) !== 0;
  const blocks = sb.blocksCountLow + (wide ? sb.blocksCountHigh * 2 ** 32 : 0);
  const descriptorSize = wide ? sb.descriptorSize : 32;
  if (!isPowerOfTwo(descriptorSize, 32, blockSize)) throw fail(`descriptor size ${descriptorSize}`);
  const bits = sb.blocksPerGroup / clusterBlocks;
  if (!Number.isInteger(bits) || bits < 8 || bits > blockSize * 8) throw fail(`${sb.blocksPerGroup} blocks in a group`);
  if (blocks <= sb.firstDataBlock || !Number.isSafeInteger(blocks * blockSize)) throw fail(`${blocks} blocks`);
  const groups = Math.ceil((blocks - sb.firstDataBlock) / sb.blocksPerGroup);
  if (sb.inodesPerGroup === 0 || sb.inodesCount !== groups * sb.inodesPerGroup) throw fail("inode counts do not match");
  const inodeSize = sb.revision === 0 ? 128 : sb.inodeSize;
  if (!isPowerOfTwo(inodeSize, 128, blockSize)) throw fail(`inode size ${inodeSize}`);
  const metadataChecksum = (sb.featureRoCompat & RO_COMPAT.metadataChecksum) !== 0;
  return {
    sb,
    blockSize,
    clusterBlocks,
    blocks,
    blocksPerGroup: sb.blocksPerGroup,
    groups,
    descriptorSize,
    descriptorBlocks: Math.ceil((groups * descriptorSize) / blockSize),
    inodeTableBlocks: Math.ceil((sb.inodesPerGroup * inodeSize) / blockSize),
    metadataChecksum,
    checksumSeed: sb.featureIncompat & INCOMPAT.checksumSeed ? sb.checksumSeed : crc32c(0xffffffff, uuidBytes(raw)),
    superblockSound: !metadataChecksum || crc32c(0xffffffff, raw.subarray(0, 0x3fc)) === sb.checksum,
  };
}

export const groupStart = (layout: ExtLayout, group: number): number =>
  layout.sb.firstDataBlock + group * layout.blocksPerGroup;

const isPowerOf = (base: number, value: number): boolean => {
  let power = base;
  while (power < value) power *= base;
  return power === value;
};

/** Whether a group starts with a copy of the superblock: sparse_super, sparse_super2 or every group. */
export function hasSuperblock({ sb }: ExtLayout, group: number): boolean {
  if (group === 0) return true;
  if (sb.featureCompat & COMPAT.sparseSuper2) return group === sb.backupGroups0 || group === sb.backupGroups1;
  if (group === 1 || !(sb.featureRoCompat & RO_COMPAT.sparseSuper)) return true;
  return isPowerOf(3, group) || isPowerOf(5, group) || isPowerOf(7, group);
}

const usesMetaBg = ({ sb }: ExtLayout, descriptorBlock: number): boolean =>
  (sb.featureIncompat & INCOMPAT.metaBg) !== 0 && descriptorBlock >= sb.firstMetaBlockGroup;

/** Block of the superblock of a group; with 1 KiB blocks and bigalloc, group 0 begins at the boot block before it. */
const superblockBlock = (layout: ExtLayout, group: number): number =>
  Math.max(groupStart(layout, group), group === 0 && layout.blockSize === 1024 ? 1 : 0);

/** The block that holds the n-th block of group descriptors. */
export function descriptorLocation(layout: ExtLayout, descriptorBlock: number): number {
  if (!usesMetaBg(layout, descriptorBlock)) return superblockBlock(layout, 0) + 1 + descriptorBlock;
  const group = (descriptorBlock * layout.blockSize) / layout.descriptorSize;
  return superblockBlock(layout, group) + (hasSuperblock(layout, group) ? 1 : 0);
}

/** Blocks [first, end) at a group's start that hold copies of the superblock and of descriptors. */
export function groupHead(layout: ExtLayout, group: number): { first: number; end: number } {
  const first = groupStart(layout, group);
  const supers = hasSuperblock(layout, group) ? superblockBlock(layout, group) - first + 1 : 0;
  const perBlock = layout.blockSize / layout.descriptorSize;
  if (usesMetaBg(layout, Math.floor(group / perBlock))) {
    const place = group % perBlock;
    const holdsCopy = place === 0 || place === 1 || place === perBlock - 1;
    return { first, end: first + supers + (holdsCopy ? 1 : 0) };
  }
  const metaBg = (layout.sb.featureIncompat & INCOMPAT.metaBg) !== 0;
  const copied = metaBg ? layout.sb.firstMetaBlockGroup : layout.descriptorBlocks + layout.sb.reservedGdtBlocks;
  return { first, end: Math.min(first + supers + (supers > 0 ? copied : 0), first + layout.blocksPerGroup) };
}
