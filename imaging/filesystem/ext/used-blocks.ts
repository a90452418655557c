import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { addSetBits, countSetBits, testBit } from "#imaging/filesystem/bitmap.ts";
import { crc32c } from "#imaging/filesystem/crc32c.ts";
import { detectExt, uncleanReason } from "#imaging/filesystem/ext/detect.ts";
import { type Group, readGroups } from "#imaging/filesystem/ext/groups.ts";
import { type ExtLayout, groupHead, readLayout, SUPERBLOCK_OFFSET } from "#imaging/filesystem/ext/layout.ts";
import { KNOWN_INCOMPAT } from "#imaging/filesystem/ext/structs.ts";
import type { FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { damaged, rawMap, readWithin } from "#imaging/filesystem/volume.ts";
import { rawWords } from "#imaging/words/raw-words.ts";

export const ext: FilesystemDriver = { types: ["ext2", "ext3", "ext4"], detect: detectExt, mapUsed };

/** Works group by group, so that no more than one bitmap (at most 64 KiB) is held at a time. */
async function mapUsed(volume: ReadableDevice): Promise<UsedMap> {
  const layout = await readLayout(volume);
  if (!layout) throw damaged(volume, "ext4", SUPERBLOCK_OFFSET, "no superblock");
  if (!layout.superblockSound)
    throw damaged(volume, "ext4", SUPERBLOCK_OFFSET, "the superblock does not match its checksum");
  const unclean = uncleanReason(layout);
  if (unclean) return rawMap(volume, unclean);
  const unknown = layout.sb.featureIncompat & ~KNOWN_INCOMPAT;
  if (unknown) return rawMap(volume, rawWords["raw.feature"]({ name: "ext4", flags: `0x${unknown.toString(16)}` }));
  if (layout.blocks * layout.blockSize > volume.size)
    throw damaged(volume, "ext4", SUPERBLOCK_OFFSET, "the file system is larger than its partition");
  const used = ExtentList.covering();
  used.add(0, layout.sb.firstDataBlock * layout.blockSize);
  const metadata: Extent[] = [];
  for await (const group of readGroups(volume, layout)) {
    if (group.uninitialised) addGroupMetadata(metadata, layout, group);
    else await addGroupBitmap(used, volume, layout, group);
  }
  // With bigalloc the last cluster may be cut off by the end of the file system.
  return { mode: "used-blocks", extents: union(used, metadata).clipped(layout.blocks * layout.blockSize) };
}

async function addGroupBitmap(used: ExtentList, volume: ReadableDevice, layout: ExtLayout, group: Group) {
  const { blockSize, clusterBlocks, blocksPerGroup } = layout;
  const offset = group.blockBitmap * blockSize;
  const block = await readWithin(volume, "ext4", offset, blockSize, `the block bitmap of group ${group.number}`);
  const fail = (problem: string) =>
    damaged(volume, "ext4", offset, `block bitmap of group ${group.number}: ${problem}`);
  if (layout.metadataChecksum) {
    const crc = crc32c(layout.checksumSeed, block.subarray(0, blocksPerGroup / clusterBlocks / 8));
    const stored = layout.descriptorSize >= 64 ? crc : crc & 0xffff;
    if (stored !== group.bitmapChecksum) throw fail("it does not match its checksum");
  }
  const bits = Math.ceil(group.blocks / clusterBlocks);
  if (bits - countSetBits(block, bits) !== group.free) throw fail("its free blocks are not as many as the group's");
  const own = group.blockBitmap - group.start;
  if (own >= 0 && own < group.blocks && !testBit(block, Math.floor(own / clusterBlocks)))
    throw fail("it calls itself free");
  const unit = clusterBlocks * blockSize;
  addSetBits(used, { bitmap: block, bits, origin: group.start * blockSize, unit });
}

/** A group without a bitmap uses its head and its tables, which flex_bg may have put into another group. */
function addGroupMetadata(metadata: Extent[], layout: ExtLayout, group: Group): void {
  const head = groupHead(layout, group.number);
  const ranges = [
    [head.first, head.end],
    [group.blockBitmap, group.blockBitmap + 1],
    [group.inodeBitmap, group.inodeBitmap + 1],
    [group.inodeTable, group.inodeTable + layout.inodeTableBlocks],
  ] as const;
  for (const [first, end] of ranges) if (end > first) append(metadata, wholeClusters(layout, first, end));
}

/** flex_bg lays the tables of many groups side by side: joined, they cost one entry for each kind, not for each group. */
function append(metadata: Extent[], extent: Extent): void {
  const recent = Math.max(0, metadata.length - 8);
  const at = metadata.findIndex((other, i) => i >= recent && other.end === extent.start);
  const touching = metadata[at];
  if (touching) metadata[at] = { start: touching.start, end: extent.end };
  else metadata.push(extent);
}

function wholeClusters({ sb, blockSize, clusterBlocks, blocks }: ExtLayout, first: number, end: number): Extent {
  const round = (block: number, to: (n: number) => number) =>
    sb.firstDataBlock + to((block - sb.firstDataBlock) / clusterBlocks) * clusterBlocks;
  return { start: round(first, Math.floor) * blockSize, end: Math.min(round(end, Math.ceil), blocks) * blockSize };
}

function union(used: ExtentList, metadata: Extent[]): ExtentList {
  if (metadata.length === 0) return used;
  metadata.sort((a, b) => a.start - b.start);
  const all = ExtentList.covering();
  let next = 0;
  for (const extent of used) {
    for (let m = metadata[next]; m && m.start <= extent.start; m = metadata[++next]) all.add(m.start, m.end);
    all.add(extent.start, extent.end);
  }
  for (const m of metadata.slice(next)) all.add(m.start, m.end);
  return all;
}
