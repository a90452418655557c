import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { readGroups } from "#imaging/filesystem/ext/groups.ts";
import { descriptorLocation, type ExtLayout } from "#imaging/filesystem/ext/layout.ts";
import { groupDescriptor, RO_COMPAT } from "#imaging/filesystem/ext/structs.ts";
import { readWithin } from "#imaging/filesystem/volume.ts";

/** Linux kernel, Documentation/filesystems/ext4: inodes.rst, ifork.rst. */
const EXTENTS_FLAG = 0x80000;
export const INLINE_FLAG = 0x10000000;
const FILE_TYPE = 0xf000;
const FOLDER = 0x4000;
const REGULAR = 0x8000;
const LINK = 0xa000;
const EXTENT_MAGIC = 0xf30a;
const EXTENT_DEPTH = 5;
const INODE_UNINIT = 1;
const MAX_WRITTEN = 0x8000;
/** An unwritten extent is allocated and reads as zeros whatever lies there. */
const isWritten = (length: number): boolean => length <= MAX_WRITTEN;

export interface Inode {
  readonly number: number;
  readonly isFolder: boolean;
  readonly flags: number;
  /** Bytes. */
  readonly size: number;
  /** Where its content is, or begins to be told. */
  readonly map: DataView;
}

export interface InodeTable {
  /** First block. */
  readonly block: number;
  /** Inodes that were ever in use. */
  readonly used: number;
}

/** Of each group. */
export async function readInodeTables(volume: ReadableDevice, layout: ExtLayout): Promise<InodeTable[]> {
  const tables: InodeTable[] = [];
  const { inodesPerGroup, featureRoCompat } = layout.sb;
  const counted = (featureRoCompat & (RO_COMPAT.gdtChecksum | RO_COMPAT.metadataChecksum)) !== 0;
  const perBlock = layout.blockSize / layout.descriptorSize;
  let block = new Uint8Array(0);
  for await (const { number, inodeTable } of readGroups(volume, layout)) {
    if (number % perBlock === 0)
      block = await readWithin(
        volume,
        "ext4",
        descriptorLocation(layout, number / perBlock) * layout.blockSize,
        layout.blockSize,
        "a block of group descriptors",
      );
    const raw = block.subarray((number % perBlock) * layout.descriptorSize);
    const view = new DataView(raw.buffer, raw.byteOffset, layout.descriptorSize);
    // bg_itable_unused and its high half
    const unused =
      view.getUint16(0x1c, true) + (layout.descriptorSize >= 64 ? view.getUint16(0x32, true) * 2 ** 16 : 0);
    const uninitialised = (groupDescriptor.parse(raw).flags & INODE_UNINIT) !== 0;
    const used = !counted ? inodesPerGroup : uninitialised ? 0 : inodesPerGroup - Math.min(unused, inodesPerGroup);
    tables.push({ block: inodeTable, used });
  }
  return tables;
}

/** @returns undefined when it is not in use. */
export function parseInode(raw: Uint8Array, number: number): Inode | undefined {
  const view = new DataView(raw.buffer, raw.byteOffset, 128);
  const mode = view.getUint16(0, true);
  if (mode === 0 || view.getUint16(0x1a, true) === 0) return undefined;
  const type = mode & FILE_TYPE;
  const flags = view.getUint32(0x20, true);
  const size =
    view.getUint32(4, true) + (type === REGULAR || type === FOLDER ? view.getUint32(0x6c, true) * 2 ** 32 : 0);
  const hasBlocks = type === REGULAR || type === FOLDER || (type === LINK && (size >= 60 || flags & EXTENTS_FLAG));
  const map = hasBlocks && !(flags & INLINE_FLAG) ? raw.subarray(0x28, 0x28 + 60) : new Uint8Array(60);
  if (flags & INLINE_FLAG && type === FOLDER) map.set(raw.subarray(0x28, 0x28 + 60));
  return {
    number,
    isFolder: type === FOLDER,
    flags,
    size,
    map: new DataView(map.slice().buffer),
  };
}

/** A part of an inode's content, or of the blocks that say where that is. */
export interface InodeExtent extends Extent {
  readonly isMap: boolean;
}

/**
 * Where the content of an inode lies, up to its size, and its own metadata. Damaged maps end early, and cannot lead
 * out of the volume or round in circles.
 */
export async function* inodeExtents(
  volume: ReadableDevice,
  layout: ExtLayout,
  inode: Inode,
): AsyncGenerator<InodeExtent, void, undefined> {
  if (inode.flags & INLINE_FLAG) return;
  const walk = inode.flags & EXTENTS_FLAG ? extentTree : indirectBlocks;
  const { blockSize, blocks } = layout;
  for await (const { block, count, logical } of walk(volume, layout, inode)) {
    if (block <= 0 || block + count > blocks) continue;
    const start = block * blockSize;
    if (logical === undefined) yield { start, end: start + blockSize, isMap: true };
    else {
      const end = start + Math.min(count * blockSize, inode.size - logical * blockSize);
      if (end > start) yield { start, end, isMap: false };
    }
  }
}

/** Blocks; `logical` is the block of the file, undefined for a block of the map itself. */
interface Mapped {
  readonly block: number;
  readonly count: number;
  readonly logical: number | undefined;
}

async function* extentTree(volume: ReadableDevice, layout: ExtLayout, inode: Inode): AsyncGenerator<Mapped> {
  const { blockSize, blocks } = layout;
  const nodes: { view: DataView; depth: number }[] = [{ view: inode.map, depth: EXTENT_DEPTH }];
  const seen = new Set<number>();
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const { view } = node;
    const depth = view.getUint16(6, true);
    if (view.getUint16(0, true) !== EXTENT_MAGIC || depth > node.depth) continue;
    const entries = Math.min(view.getUint16(2, true), Math.floor((view.byteLength - 12) / 12));
    for (let i = 0, at = 12; i < entries; i++, at += 12) {
      if (depth === 0) {
        const length = view.getUint16(at + 4, true);
        const block = view.getUint16(at + 6, true) * 2 ** 32 + view.getUint32(at + 8, true);
        if (isWritten(length)) yield { block, count: length, logical: view.getUint32(at, true) };
        continue;
      }
      const block = view.getUint16(at + 8, true) * 2 ** 32 + view.getUint32(at + 4, true);
      if (block <= 0 || block >= blocks || seen.has(block)) continue;
      seen.add(block);
      yield { block, count: 1, logical: undefined };
      const bytes = await readWithin(volume, "ext4", block * blockSize, blockSize, "a block of extents");
      nodes.push({ view: new DataView(bytes.buffer), depth: depth - 1 });
    }
  }
}

/** Twelve blocks, then one that lists blocks, one that lists such, and one that lists those. */
async function* indirectBlocks(volume: ReadableDevice, layout: ExtLayout, inode: Inode): AsyncGenerator<Mapped> {
  const { blockSize, blocks } = layout;
  const perBlock = blockSize / 4;
  const last = Math.ceil(inode.size / blockSize);
  const seen = new Set<number>();
  const pending: { block: number; level: number; logical: number }[] = [];
  for (let i = 14, logical = 12 + perBlock + perBlock ** 2; i >= 12; i--, logical -= perBlock ** (i - 11))
    pending.push({ block: inode.map.getUint32(i * 4, true), level: i - 11, logical });
  yield* runsOf(inode.map, { perBlock: 12, blocks, logical: 0 });
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { block, level, logical } = next;
    if (block === 0 || block >= blocks || logical >= last) continue;
    if (seen.has(block)) continue;
    seen.add(block);
    yield { block, count: 1, logical: undefined };
    const bytes = await readWithin(volume, "ext4", block * blockSize, blockSize, "an indirect block");
    const view = new DataView(bytes.buffer);
    if (level === 1) {
      yield* runsOf(view, { perBlock: Math.min(perBlock, last - logical), blocks, logical });
      continue;
    }
    for (let i = perBlock - 1; i >= 0; i--) {
      const child = view.getUint32(i * 4, true);
      if (child !== 0) pending.push({ block: child, level: level - 1, logical: logical + i * perBlock ** (level - 1) });
    }
  }
}

/** The blocks that a block lists, those that follow one another in one: a file may have millions. */
function* runsOf(
  list: DataView,
  { perBlock, blocks, logical }: { perBlock: number; blocks: number; logical: number },
): Generator<Mapped> {
  for (let i = 0; i < perBlock; ) {
    const block = list.getUint32(i * 4, true);
    let count = 1;
    while (i + count < perBlock && list.getUint32((i + count) * 4, true) === block + count) count++;
    const within = Math.min(count, blocks - block);
    if (block !== 0 && within > 0) yield { block, count: within, logical: logical + i };
    i += count;
  }
}
