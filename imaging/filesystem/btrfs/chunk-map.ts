import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { BtrfsLayout } from "#imaging/filesystem/btrfs/layout.ts";
import {
  CHUNK_OBJECT,
  chunk as chunkItem,
  ITEM,
  key as keyItem,
  PROFILE,
  SUPERBLOCK_OFFSET,
  stripe as stripeItem,
  superblock,
} from "#imaging/filesystem/btrfs/structs.ts";
import { damaged } from "#imaging/filesystem/volume.ts";

/** A run of logical addresses, and where on the device each of its copies lies. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** Byte offsets of its copies. */
  readonly copies: readonly number[];
  /** What is used of it, in bytes from its start. */
  readonly used: ExtentList;
}

/** Chunks in order of their logical addresses, which do not overlap. */
export class ChunkMap {
  readonly #chunks: Chunk[] = [];

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** @returns false when it does not lie behind all others */
  append(chunk: Chunk): boolean {
    const last = this.#chunks.at(-1);
    if (last && chunk.start < last.end) return false;
    this.#chunks.push(chunk);
    return true;
  }

  /** The chunk that holds all of [start, end). */
  find(start: number, end: number): Chunk | undefined {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle] as Chunk).end > start) high = middle;
      else low = middle + 1;
    }
    const chunk = this.#chunks[low];
    return chunk && chunk.start <= start && chunk.end >= end ? chunk : undefined;
  }
}

/**
 * A chunk item. Profiles that one device can have: single, DUP (two copies on it), and RAID0 of one stripe, which is
 * laid out as single is.
 * @throws FILESYSTEM_DAMAGED when it has another one, or lies on another device
 */
export function parseChunk(volume: ReadableDevice, { sb }: BtrfsLayout, start: number, data: Uint8Array): Chunk {
  const { length, type, stripes } = chunkItem.parse(data);
  const fail = (problem: string) =>
    damaged(volume, "btrfs", SUPERBLOCK_OFFSET, `the chunk at logical address ${start}: ${problem}`);
  const profile = type & PROFILE.all;
  const expected = profile === PROFILE.duplicate ? 2 : profile === 0n || profile === PROFILE.raid0 ? 1 : undefined;
  if (stripes !== expected) throw fail(`${stripes} stripes of profile 0x${profile.toString(16)} on one device`);
  if (length === 0 || length % sb.sectorSize !== 0 || start % sb.sectorSize !== 0) throw fail(`${length} bytes`);
  const copies = Array.from({ length: stripes }, (_, i) => {
    const stripe = stripeItem.parse(data.subarray(chunkItem.size + i * stripeItem.size));
    if (stripe.device !== sb.deviceId || stripe.uuid !== sb.deviceUuid) throw fail("it lies on another device");
    if (stripe.offset + length > sb.deviceBytes) throw fail("it would lie outside the device");
    return stripe.offset;
  });
  return { start, end: start + length, copies, used: new ExtentList() };
}

/** The superblock's own list, which says where the chunk tree is. */
export function readSystemChunks(volume: ReadableDevice, layout: BtrfsLayout): ChunkMap {
  const { systemChunks, systemChunksSize } = layout.sb;
  const at = SUPERBLOCK_OFFSET + superblock.fields.systemChunks.at;
  const found: Chunk[] = [];
  for (let rest = systemChunks.subarray(0, systemChunksSize); rest.length > 0; ) {
    const { object, type, offset } = keyItem.parse(rest);
    if (object !== CHUNK_OBJECT || type !== ITEM.chunk) throw damaged(volume, "btrfs", at, "it is no list of chunks");
    const data = rest.subarray(keyItem.size);
    const chunk = parseChunk(volume, layout, Number(offset), data);
    found.push(chunk);
    rest = data.subarray(chunkItem.size + chunk.copies.length * stripeItem.size);
  }
  const map = new ChunkMap();
  for (const chunk of found.sort((a, b) => a.start - b.start))
    if (!map.append(chunk)) throw damaged(volume, "btrfs", at, "system chunks overlap");
  return map;
}
