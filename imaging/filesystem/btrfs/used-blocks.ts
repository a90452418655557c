import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { type Chunk, ChunkMap, parseChunk, readSystemChunks } from "#imaging/filesystem/btrfs/chunk-map.ts";
import { detectBtrfs, unreadableReason } from "#imaging/filesystem/btrfs/detect.ts";
import { findLogExtents, markExtents } from "#imaging/filesystem/btrfs/extents.ts";
import { type BtrfsLayout, readLayout } from "#imaging/filesystem/btrfs/layout.ts";
import { ITEM, SUPERBLOCK_COPIES, SUPERBLOCK_OFFSET, superblock, TREE } from "#imaging/filesystem/btrfs/structs.ts";
import { walkTree } from "#imaging/filesystem/btrfs/tree.ts";
import type { FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { damaged, rawMap } from "#imaging/filesystem/volume.ts";

export const btrfs: FilesystemDriver = { types: ["btrfs"], detect: detectBtrfs, mapUsed };

/** btrfs allocates nothing in here: boot loaders keep themselves in it. */
const RESERVED = 1 << 20;

async function mapUsed(volume: ReadableDevice): Promise<UsedMap> {
  const layout = await readLayout(volume);
  const fail = (problem: string) => damaged(volume, "btrfs", SUPERBLOCK_OFFSET, problem);
  if (!layout) throw fail("no superblock");
  if (!layout.superblockSound) throw fail("the superblock does not match its checksum");
  const unreadable = unreadableReason(layout);
  if (unreadable) return rawMap(volume, unreadable);
  const { sb } = layout;
  if (sb.deviceBytes > volume.size) throw fail("the file system is larger than its partition");
  const chunks = await readChunks(volume, layout);
  const forest = { volume, layout, chunks };
  await markExtents(forest);
  const logged = sb.logTree === 0 ? new Map<Chunk, ExtentList>() : await findLogExtents(forest);
  const copies = chunks.chunks
    .flatMap((chunk) => chunk.copies.map((offset) => ({ offset, chunk })))
    .sort((a, b) => a.offset - b.offset);
  const overlap = copies.find(({ offset }, i) => offset < endOf(copies[i - 1]));
  if (overlap) throw fail(`chunks overlap at byte ${overlap.offset}`);
  return { mode: "used-blocks", extents: merge(extentsOn(copies, logged), fixedExtents(sb.deviceBytes)) };
}

interface Copy {
  readonly offset: number;
  readonly chunk: Chunk;
}

const endOf = (copy: Copy | undefined) => (copy ? copy.offset + copy.chunk.end - copy.chunk.start : 0);

async function readChunks(volume: ReadableDevice, layout: BtrfsLayout): Promise<ChunkMap> {
  const { sb } = layout;
  const system = readSystemChunks(volume, layout);
  const all = new ChunkMap();
  const root = {
    address: sb.chunkTree,
    level: sb.chunkTreeLevel,
    generation: sb.chunkTreeGeneration,
    owner: TREE.chunk,
  };
  await walkTree({ volume, layout, chunks: system }, root, {
    item(key, data) {
      if (key.type !== ITEM.chunk) return;
      const chunk = parseChunk(volume, layout, Number(key.offset), data);
      if (!all.append(chunk)) throw damaged(volume, "btrfs", SUPERBLOCK_OFFSET, "chunks overlap");
    },
  });
  return all;
}

/** What is used, in the order of the device. */
function* extentsOn(copies: readonly Copy[], logged: ReadonlyMap<Chunk, ExtentList>): Generator<Extent> {
  for (const { offset, chunk } of copies) {
    const log = logged.get(chunk);
    for (const { start, end } of log ? ExtentList.union([chunk.used, log]) : chunk.used)
      yield { start: offset + start, end: offset + end };
  }
}

/** Superblocks lie at their places whatever chunk is there: the allocator leaves them out. */
const fixedExtents = (deviceBytes: number): Extent[] => [
  { start: 0, end: Math.min(RESERVED, deviceBytes) },
  ...SUPERBLOCK_COPIES.map((start) => ({ start, end: start + superblock.size })).filter(
    ({ start, end }) => start >= RESERVED && end <= deviceBytes,
  ),
];

function merge(extents: Iterable<Extent>, fixed: readonly Extent[]): ExtentList {
  const all = ExtentList.covering();
  let next = 0;
  for (const extent of extents) {
    for (let f = fixed[next]; f && f.start <= extent.start; f = fixed[++next]) all.add(f.start, f.end);
    all.add(extent.start, extent.end);
  }
  for (const { start, end } of fixed.slice(next)) all.add(start, end);
  return all;
}
