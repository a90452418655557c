import { ExtentList, MOST_EXTENTS } from "#imaging/extent.ts";
import type { Chunk } from "#imaging/filesystem/btrfs/chunk-map.ts";
import { FILE_EXTENT, fileExtent, ITEM, rootItem, TREE } from "#imaging/filesystem/btrfs/structs.ts";
import { type Forest, type TreeRoot, walkTree } from "#imaging/filesystem/btrfs/tree.ts";
import { damaged } from "#imaging/filesystem/volume.ts";

/**
 * Marks in their chunks all extents of the extent tree, which has an item for each one of data and of metadata,
 * whatever refers to it: files, snapshots, reflinks, preallocation. They must add up to what the superblock counts.
 */
export async function markExtents(forest: Forest): Promise<void> {
  const { volume, layout } = forest;
  const root = await findExtentTree(forest);
  let next = 0;
  let sum = 0;
  let last: Chunk | undefined;
  let held = 0;
  await walkTree(forest, root, {
    item({ object, type, offset }) {
      if (type !== ITEM.extent && type !== ITEM.metadata) return;
      const start = Number(object);
      const end = start + (type === ITEM.extent ? Number(offset) : layout.sb.nodeSize);
      if (start < next || end === start) throw damaged(volume, "btrfs", start, "extents overlap");
      const chunk = chunkOf(forest, start, end);
      if (chunk !== last) held = boundExtents(forest, held + (last?.used.length ?? 0));
      last = chunk;
      chunk.used.add(start - chunk.start, end - chunk.start);
      next = end;
      sum += end - start;
    },
  });
  if (sum !== layout.sb.usedBytes)
    throw damaged(volume, "btrfs", 0, `its extents have ${sum} bytes, its superblock counts ${layout.sb.usedBytes}`);
}

/** The extents of chunks that are done are bounded all together. @returns how many are held */
function boundExtents({ chunks }: Forest, held: number): number {
  if (held < MOST_EXTENTS) return held;
  for (const { used } of chunks.chunks) used.coarsen(MOST_EXTENTS / 2 / chunks.chunks.length);
  return chunks.chunks.reduce((sum, { used }) => sum + used.length, 0);
}

async function findExtentTree(forest: Forest): Promise<TreeRoot> {
  const { sb } = forest.layout;
  let found: TreeRoot | undefined;
  const root = { address: sb.rootTree, level: sb.rootTreeLevel, generation: sb.generation, owner: TREE.root };
  await walkTree(forest, root, {
    item(key, data) {
      if (key.object === TREE.extent && key.type === ITEM.root) found = { ...rootItem.parse(data), owner: TREE.extent };
    },
  });
  if (!found) throw damaged(forest.volume, "btrfs", sb.rootTree, "it has no extent tree");
  return found;
}

function chunkOf({ volume, chunks, layout }: Forest, start: number, end: number): Chunk {
  const chunk = start % layout.sb.sectorSize === 0 ? chunks.find(start, end) : undefined;
  if (!chunk) throw damaged(volume, "btrfs", start, `${end - start} bytes at that logical address are in no chunk`);
  return chunk;
}

/**
 * What the log of fsync refers to, which is not in the extent tree before the log is replayed: its own blocks, and
 * the data extents of its files. The replay reads nothing else that the last commit did not know (tree-log.c,
 * btrfs_recover_log_trees). @returns extents by chunk, from its start.
 */
export async function findLogExtents(forest: Forest): Promise<ReadonlyMap<Chunk, ExtentList>> {
  const { sb } = forest.layout;
  const found = new Map<Chunk, { start: number; end: number }[]>();
  const add = (start: number, length: number) => {
    const chunk = chunkOf(forest, start, start + length);
    const extents = found.get(chunk) ?? [];
    extents.push({ start: start - chunk.start, end: start + length - chunk.start });
    found.set(chunk, extents);
  };
  const block = (address: number) => add(address, sb.nodeSize);
  const logs: TreeRoot[] = [];
  // It was written under the transaction that was to follow the last commit.
  const root = { address: sb.logTree, level: sb.logTreeLevel, generation: sb.generation + 1, owner: TREE.log };
  await walkTree(forest, root, {
    block,
    item(key, data) {
      if (key.type === ITEM.root) logs.push({ ...rootItem.parse(data), owner: TREE.log });
    },
  });
  const fileItem = (data: Uint8Array) => {
    if (data[fileExtent.fields.type.at] === FILE_EXTENT.inline) return;
    const { address, length } = fileExtent.parse(data);
    if (address !== 0) add(address, length);
  };
  for (const log of logs)
    await walkTree(forest, log, { block, item: (key, data) => key.type === ITEM.fileExtent && fileItem(data) });
  return new Map([...found].map(([chunk, extents]) => [chunk, ExtentList.union([extents])]));
}
