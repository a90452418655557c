import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { ExtentList } from "#imaging/extent.ts";
import { damaged, readWithin } from "#imaging/filesystem/volume.ts";
import { groupLength, groupOffset, isSound, type XfsLayout } from "#imaging/filesystem/xfs/layout.ts";
import {
  AGF_MAGIC,
  BY_BLOCK_MAGIC,
  freeSpaceHeader,
  NO_BLOCK,
  shortTreeBlock,
  shortTreeBlockTail,
} from "#imaging/filesystem/xfs/structs.ts";

/** XFS_BTREE_MAXLEVELS in the kernel. */
const MAX_LEVELS = 9;
const RECORD = 8;
const POINTER = 4;
/** Superblock, free space header, inode header, free list: a sector each. */
const HEADER_SECTORS = 4;

/**
 * Adds what is used in one allocation group: all but the extents of its tree of free space by block number. Blocks of
 * the free list count as used, as the trees may take them at any time.
 * @throws FILESYSTEM_DAMAGED when the tree contradicts itself or its header
 */
export async function addGroup(
  used: ExtentList,
  volume: ReadableDevice,
  layout: XfsLayout,
  group: number,
): Promise<void> {
  const walk = new TreeWalk(volume, layout, group, used);
  const header = await walk.readHeader();
  await walk.visit(header.byBlockRoot, header.byBlockLevels - 1, undefined, true);
  walk.finish(header.freeBlocks, header.longest);
}

/**
 * One pass over the leaves from left to right. It ends on any input: levels only fall, and every block below the root
 * has a record behind all records before it.
 */
class TreeWalk {
  readonly #volume: ReadableDevice;
  readonly #layout: XfsLayout;
  readonly #group: number;
  readonly #used: ExtentList;
  readonly #offset: number;
  readonly #length: number;
  /** Of each level, the block seen last and the one it says is to its right. */
  readonly #last: { block: number; right: number }[] = [];
  readonly #blocks: number[] = [];
  /** First block behind the last free extent. */
  #next = 0;
  #free = 0;
  #longest = 0;

  constructor(volume: ReadableDevice, layout: XfsLayout, group: number, used: ExtentList) {
    this.#volume = volume;
    this.#layout = layout;
    this.#group = group;
    this.#used = used;
    this.#offset = groupOffset(layout, group);
    this.#length = groupLength(layout, group);
  }

  async readHeader() {
    const { sectorSize, selfDescribing, metadataUuid } = this.#layout;
    const offset = this.#offset + sectorSize;
    const sector = await readWithin(this.#volume, "xfs", offset, sectorSize, "a free space header");
    const header = freeSpaceHeader.parse(sector);
    const fail = (problem: string) =>
      damaged(this.#volume, "xfs", offset, `the free space header of group ${this.#group}: ${problem}`);
    if (header.magic !== AGF_MAGIC || header.version !== 1) throw fail("it has no magic");
    if (selfDescribing && !isSound(sector, freeSpaceHeader.fields.checksum.at, header.checksum))
      throw fail("it does not match its checksum");
    if (selfDescribing && header.uuid !== metadataUuid) throw fail("it is of another file system");
    if (header.number !== this.#group || header.length !== this.#length) throw fail("it is of another group");
    if (header.byBlockLevels < 1 || header.byBlockLevels > MAX_LEVELS)
      throw fail(`a tree of ${header.byBlockLevels} levels`);
    return header;
  }

  async visit(block: number, level: number, firstKey: number | undefined, isRoot: boolean): Promise<void> {
    const { bytes, start, records } = await this.#read(block, level, isRoot);
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
    if (records > 0 && firstKey !== undefined && view.getUint32(0) !== firstKey)
      throw this.#fail(block, "it does not start where its parent says");
    if (level === 0) {
      for (let i = 0; i < records; i++)
        this.#addFree(block, view.getUint32(i * RECORD), view.getUint32(i * RECORD + 4));
      return;
    }
    const pointers = Math.floor(view.byteLength / (RECORD + POINTER)) * RECORD;
    for (let i = 0; i < records; i++)
      await this.visit(view.getUint32(pointers + i * POINTER), level - 1, view.getUint32(i * RECORD), false);
  }

  async #read(block: number, level: number, isRoot: boolean) {
    const { blockSize, selfDescribing } = this.#layout;
    if (block >= this.#length) throw this.#fail(0, `block ${block} would lie outside the group`);
    const offset = this.#offset + block * blockSize;
    const bytes = await readWithin(this.#volume, "xfs", offset, blockSize, "a block of the free space tree");
    const header = shortTreeBlock.parse(bytes);
    if (header.magic !== BY_BLOCK_MAGIC[selfDescribing ? "v5" : "v4"]) throw this.#fail(block, "it has no magic");
    if (selfDescribing) this.#checkTail(block, offset, bytes);
    const start = shortTreeBlock.size + (selfDescribing ? shortTreeBlockTail.size : 0);
    const room = Math.floor((blockSize - start) / (level === 0 ? RECORD : RECORD + POINTER));
    const fewest = isRoot && level === 0 ? 0 : 1;
    if (header.level !== level || header.records > room || header.records < fewest)
      throw this.#fail(block, `level ${header.level} with ${header.records} records`);
    const last = this.#last[level] ?? { block: NO_BLOCK, right: block };
    if (header.left !== last.block || last.right !== block) throw this.#fail(block, "its neighbours are others");
    this.#last[level] = { block, right: header.right };
    this.#blocks.push(block);
    return { bytes, start, records: header.records };
  }

  #checkTail(block: number, offset: number, bytes: Uint8Array): void {
    const tail = shortTreeBlockTail.parse(bytes.subarray(shortTreeBlock.size));
    if (!isSound(bytes, shortTreeBlock.size + shortTreeBlockTail.fields.checksum.at, tail.checksum))
      throw this.#fail(block, "it does not match its checksum");
    if (tail.address * 512 !== offset || tail.owner !== this.#group || tail.uuid !== this.#layout.metadataUuid)
      throw this.#fail(block, "it belongs elsewhere");
  }

  #addFree(block: number, start: number, count: number): void {
    const { blockSize, sectorSize } = this.#layout;
    const lowest = this.#next === 0 ? Math.ceil((HEADER_SECTORS * sectorSize) / blockSize) : this.#next;
    if (count === 0 || start < lowest || start + count > this.#length)
      throw this.#fail(block, `${count} free blocks at ${start}`);
    this.#used.add(this.#offset + this.#next * blockSize, this.#offset + start * blockSize);
    this.#next = start + count;
    this.#free += count;
    this.#longest = Math.max(this.#longest, count);
  }

  finish(freeBlocks: number, longest: number): void {
    const { blockSize } = this.#layout;
    this.#used.add(this.#offset + this.#next * blockSize, this.#offset + this.#length * blockSize);
    if (this.#free !== freeBlocks || this.#longest !== longest)
      throw this.#fail(0, `${this.#free} free blocks and at most ${this.#longest} in a row, not as its header says`);
    if (this.#last.some(({ right }) => right !== NO_BLOCK)) throw this.#fail(0, "a block is missing at its right end");
    for (const block of this.#blocks) {
      const at = this.#offset + block * blockSize;
      if (!this.#used.covers(at, at + blockSize)) throw this.#fail(block, "it calls itself free");
    }
  }

  #fail(block: number, problem: string) {
    const offset = this.#offset + block * this.#layout.blockSize;
    return damaged(this.#volume, "xfs", offset, `the free space tree of group ${this.#group}: ${problem}`);
  }
}
