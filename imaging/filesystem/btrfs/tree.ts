import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { isSound } from "#imaging/filesystem/btrfs/checksum.ts";
import type { ChunkMap } from "#imaging/filesystem/btrfs/chunk-map.ts";
import type { BtrfsLayout } from "#imaging/filesystem/btrfs/layout.ts";
import { header, item, key as keyItem, pointer } from "#imaging/filesystem/btrfs/structs.ts";
import { damaged, isUnreadable, readWithin } from "#imaging/filesystem/volume.ts";

export interface Key {
  readonly object: bigint;
  readonly type: number;
  readonly offset: bigint;
}

export interface TreeRoot {
  /** Logical. */
  readonly address: number;
  readonly level: number;
  readonly generation: number;
  /** What each of its blocks must bear. */
  readonly owner: bigint;
}

export interface TreeVisitor {
  /** Called for each item in order. `data` is good until it returns. */
  item?(key: Key, data: Uint8Array): void;
  /** Called for each block with its logical address. */
  block?(address: number): void;
}

/** Where the trees of a file system are read from. */
export interface Forest {
  readonly volume: ReadableDevice;
  readonly layout: BtrfsLayout;
  readonly chunks: ChunkMap;
}

/**
 * Visits a whole tree from left to right. It ends on any input: levels only fall, and each block below the root has
 * an item whose key is above all keys before it.
 * @throws FILESYSTEM_DAMAGED when a block is not what its parent says, in any of its copies
 */
export async function walkTree(forest: Forest, root: TreeRoot, visitor: TreeVisitor): Promise<void> {
  const state: Walk = { forest, owner: root.owner, visitor, last: undefined };
  await visit(state, root, undefined);
}

interface Walk {
  readonly forest: Forest;
  readonly owner: bigint;
  readonly visitor: TreeVisitor;
  last: Key | undefined;
}

type Expected = Omit<TreeRoot, "owner">;

async function visit(walk: Walk, expected: Expected, firstKey: Key | undefined): Promise<void> {
  const bytes = await readBlock(walk.forest, walk.owner, expected, firstKey !== undefined);
  walk.visitor.block?.(expected.address);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = header.fields.items.read(view, header.fields.items.at);
  if (firstKey && compare(keyAt(view, header.size), firstKey) !== 0)
    throw fail(walk.forest, expected, "it does not start where its parent says");
  if (expected.level === 0) return visitItems(walk, expected, bytes, view, count);
  for (let i = 0; i < count; i++) {
    const at = header.size + i * (keyItem.size + pointer.size);
    const child = pointer.parse(bytes.subarray(at + keyItem.size));
    await visit(walk, { ...child, level: expected.level - 1 }, keyAt(view, at));
  }
}

function visitItems(walk: Walk, leaf: Expected, bytes: Uint8Array, view: DataView, count: number): void {
  for (let i = 0; i < count; i++) {
    const at = header.size + i * (keyItem.size + item.size);
    const key = keyAt(view, at);
    if (walk.last && compare(walk.last, key) >= 0) throw fail(walk.forest, leaf, "its keys are not in order");
    walk.last = key;
    const offset = view.getUint32(at + keyItem.size + item.fields.offset.at, true);
    const size = view.getUint32(at + keyItem.size + item.fields.size.at, true);
    if (header.size + offset + size > bytes.length) throw fail(walk.forest, leaf, "an item leaves it");
    walk.visitor.item?.(key, bytes.subarray(header.size + offset, header.size + offset + size));
  }
}

/** The first copy of a metadata block that is what its parent says: of DUP, one may be damaged. */
async function readBlock(forest: Forest, owner: bigint, expected: Expected, isBelowRoot: boolean): Promise<Uint8Array> {
  const { volume, layout, chunks } = forest;
  const { nodeSize, sectorSize } = layout.sb;
  const { address } = expected;
  const chunk = address % sectorSize === 0 ? chunks.find(address, address + nodeSize) : undefined;
  if (!chunk) throw fail(forest, expected, "it would lie outside all chunks");
  let problem: unknown;
  for (const copy of chunk.copies) {
    try {
      const block = await readWithin(volume, "btrfs", copy + address - chunk.start, nodeSize, "a metadata block");
      checkBlock(forest, owner, expected, isBelowRoot, block);
      return block;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      problem ??= error;
    }
  }
  throw problem;
}

function checkBlock(forest: Forest, owner: bigint, expected: Expected, isBelowRoot: boolean, block: Uint8Array): void {
  const { sb, metadataUuid } = forest.layout;
  if (!isSound(sb.checksumType, block)) throw fail(forest, expected, "it does not match its checksum");
  const found = header.parse(block);
  if (found.address !== expected.address || found.uuid !== metadataUuid || found.owner !== owner)
    throw fail(forest, expected, "another block lies there");
  if (found.generation !== expected.generation)
    throw fail(forest, expected, `it is of generation ${found.generation}, not ${expected.generation}`);
  if (found.level !== expected.level) throw fail(forest, expected, `it is of level ${found.level}`);
  const entry = keyItem.size + (found.level === 0 ? item.size : pointer.size);
  const fewest = isBelowRoot || found.level > 0 ? 1 : 0;
  if (found.items < fewest || header.size + found.items * entry > sb.nodeSize)
    throw fail(forest, expected, `${found.items} items`);
}

function keyAt(view: DataView, at: number): Key {
  const { object, type, offset } = keyItem.fields;
  return {
    object: object.read(view, at + object.at),
    type: type.read(view, at + type.at),
    offset: offset.read(view, at + offset.at),
  };
}

function compare(a: Key, b: Key): number {
  if (a.object !== b.object) return a.object < b.object ? -1 : 1;
  if (a.type !== b.type) return a.type - b.type;
  return a.offset === b.offset ? 0 : a.offset < b.offset ? -1 : 1;
}

const fail = ({ volume }: Forest, { address }: Expected, problem: string) =>
  damaged(volume, "btrfs", address, `the metadata block at that logical address: ${problem}`);
