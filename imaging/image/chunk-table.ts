import type { ExtentList } from "#imaging/extent.ts";
import { CHUNK_RUNS, SEGMENT_CHUNKS, SEGMENT_RUNS } from "#imaging/image/format.ts";

/** A region's place on the disk and the bytes of it that hold data, counted from its start. */
export interface RegionExtents {
  readonly start: number;
  readonly extents: ExtentList;
}

/**
 * A segment: chunks that follow one another, in arrays that all threads share. A chunk is what a window of a region
 * holds: its used runs, packed one behind the other. Windows are cut at multiples of the chunk size from the region's
 * start, not from each extent's, so a chunk keeps its identity between two captures of one disk.
 */
export interface ChunkTable {
  /** Number of the first chunk in the image. */
  first: number;
  count: number;
  readonly region: Uint32Array;
  /** Number of the window in its region. */
  readonly number: Uint32Array;
  readonly rawLength: Uint32Array;
  /** Runs of chunk i: firstRun[i] up to firstRun[i + 1]. */
  readonly firstRun: Uint32Array;
  /** Bytes on the disk. */
  readonly runOffset: Float64Array;
  readonly runLength: Uint32Array;
  /** Filled in by a capture, or from the index: the address of the chunk's record. 0 = no room reserved yet. */
  readonly recordOffset: Float64Array;
  readonly storedLength: Uint32Array;
  readonly codec: Uint8Array;
  /** 32 bytes a chunk. */
  readonly sha256: Uint8Array;
}

/** Room for one segment, to be used for one after the other. A chunk is added while its most runs still fit. */
export function allocateSegment(chunks = SEGMENT_CHUNKS, runs = SEGMENT_RUNS + CHUNK_RUNS): ChunkTable {
  const u32 = (n: number) => new Uint32Array(new SharedArrayBuffer(n * 4));
  const f64 = (n: number) => new Float64Array(new SharedArrayBuffer(n * 8));
  const u8 = (n: number) => new Uint8Array(new SharedArrayBuffer(n));
  return {
    first: 0,
    count: 0,
    region: u32(chunks),
    number: u32(chunks),
    rawLength: u32(chunks),
    firstRun: u32(chunks + 1),
    runOffset: f64(runs),
    runLength: u32(runs),
    recordOffset: f64(chunks),
    storedLength: u32(chunks),
    codec: u8(chunks),
    sha256: u8(chunks * 32),
  };
}

/** A place between two chunks. */
export interface WalkPosition {
  readonly chunk: number;
  readonly region: number;
  readonly extent: number;
  /** Byte of the region. */
  readonly at: number;
}

const START: WalkPosition = { chunk: 0, region: 0, extent: 0, at: 0 };

/** Walks over the chunks of an image in their order, a segment at a time. */
export class ChunkWalker {
  readonly #regions: readonly RegionExtents[];
  readonly #chunkSize: number;
  #chunk: number;
  #region: number;
  #extent: number;
  #at: number;

  /** @param chunkSize bytes of a window */
  constructor(regions: readonly RegionExtents[], chunkSize: number, from: WalkPosition = START) {
    this.#regions = regions;
    this.#chunkSize = chunkSize;
    this.#chunk = from.chunk;
    this.#region = from.region;
    this.#extent = from.extent;
    this.#at = from.at;
  }

  get position(): WalkPosition {
    return { chunk: this.#chunk, region: this.#region, extent: this.#extent, at: this.#at };
  }

  /**
   * Fills `table` with the next chunks, at most `most` and as many as its arrays hold. Offsets, lengths, codecs and
   * hashes of records are zero then. @returns how many; 0 at the end.
   */
  fill(table: ChunkTable, most: number = table.region.length): number {
    table.first = this.#chunk;
    table.count = 0;
    let runs = 0;
    const room = Math.min(most, table.region.length); // what is written behind a typed array is lost without a word
    while (table.count < room && runs + CHUNK_RUNS <= table.runOffset.length && this.#skipToData())
      runs = this.#addChunk(table, runs);
    table.firstRun[table.count] = runs;
    for (const list of [table.recordOffset, table.storedLength, table.codec]) list.fill(0, 0, table.count);
    return table.count;
  }

  #skipToData(): boolean {
    for (; this.#region < this.#regions.length; this.#region++, this.#extent = 0, this.#at = 0) {
      if (this.#extent < (this.#regions[this.#region]?.extents.length ?? 0)) return true;
    }
    return false;
  }

  /** Adds the runs of the next window that has any. @returns the number of runs so far. */
  #addChunk(table: ChunkTable, firstRun: number): number {
    const region = this.#regions[this.#region] as RegionExtents;
    const { extents } = region;
    const chunk = table.count++;
    const begin = Math.max(extents.at(this.#extent).start, this.#at);
    const window = Math.floor(begin / this.#chunkSize);
    const windowEnd = (window + 1) * this.#chunkSize;
    let run = firstRun;
    let length = 0;
    for (; this.#extent < extents.length; this.#extent++) {
      const { start, end } = extents.at(this.#extent);
      const from = Math.max(start, this.#at);
      if (from >= windowEnd) break;
      const to = Math.min(end, windowEnd);
      table.runOffset[run] = region.start + from;
      table.runLength[run] = to - from;
      length += to - from;
      run++;
      this.#at = to;
      if (end > windowEnd) break;
    }
    table.region[chunk] = this.#region;
    table.number[chunk] = window;
    table.rawLength[chunk] = length;
    table.firstRun[chunk] = firstRun;
    this.#chunk++;
    return run;
  }
}

export function plainBytes(table: ChunkTable): number {
  let sum = 0;
  for (let chunk = 0; chunk < table.count; chunk++) sum += table.rawLength[chunk] as number;
  return sum;
}

/** First byte of the chunk on the disk. */
export const diskOffset = (table: ChunkTable, chunk: number): number =>
  table.runOffset[table.firstRun[chunk] as number] as number;

/** The byte of the disk behind the chunk's last run. */
export function diskEnd(table: ChunkTable, chunk: number): number {
  const lastRun = (table.firstRun[chunk + 1] as number) - 1;
  return (table.runOffset[lastRun] as number) + (table.runLength[lastRun] as number);
}

/** Chunk numbers of a segment in shared memory, so that no thread gets a copy. */
export function sharedOrder(chunks: readonly number[]): Uint32Array {
  const order = new Uint32Array(new SharedArrayBuffer(chunks.length * 4));
  order.set(chunks);
  return order;
}

/** The chunks of a segment that `wanted` says yes to. */
export function chooseChunks(table: ChunkTable, wanted: (chunk: number) => boolean): Uint32Array {
  const chosen: number[] = [];
  for (let chunk = 0; chunk < table.count; chunk++) if (wanted(chunk)) chosen.push(chunk);
  return sharedOrder(chosen);
}

/** All places of a segment, in shared memory, so that no thread gets a copy. */
export function everyChunk(table: ChunkTable): Uint32Array {
  const order = new Uint32Array(new SharedArrayBuffer(table.count * 4));
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order;
}
