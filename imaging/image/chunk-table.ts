import type { ExtentList } from "#imaging/extent.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";

/** A region's place on the disk and the bytes of it that hold data, counted from its start. */
export interface RegionExtents {
  readonly start: number;
  readonly extents: ExtentList;
}

/**
 * Every chunk of an image, in arrays that all worker threads share. A chunk is what a 1 MiB window of a region
 * holds: its used runs, packed one behind the other. Windows are cut at multiples of 1 MiB from the region's
 * start, not from each extent's, so a chunk keeps its identity between two captures of one disk.
 */
export interface ChunkTable {
  readonly count: number;
  readonly region: Uint32Array;
  /** Number of the window in its region. */
  readonly number: Uint32Array;
  readonly rawLength: Uint32Array;
  /** Runs of chunk i: firstRun[i] up to firstRun[i + 1]. */
  readonly firstRun: Uint32Array;
  /** Bytes on the disk. */
  readonly runOffset: Float64Array;
  readonly runLength: Uint32Array;
  /** Filled in by a capture, or from the index: where the chunk's record starts in the file. */
  readonly recordOffset: Float64Array;
  readonly storedLength: Uint32Array;
  readonly codec: Uint8Array;
  /** 32 bytes a chunk. */
  readonly sha256: Uint8Array;
}

interface Sizes {
  chunks: number;
  runs: number;
}

export function buildChunkTable(regions: readonly RegionExtents[]): ChunkTable {
  const sizes: Sizes = { chunks: 0, runs: 0 };
  forEachRun(regions, (_region, _window, _offset, _length, isNewChunk) => {
    if (isNewChunk) sizes.chunks++;
    sizes.runs++;
  });
  const table = allocate(sizes);
  let chunk = -1;
  let run = 0;
  forEachRun(regions, (region, window, offset, length, isNewChunk) => {
    if (isNewChunk) {
      chunk++;
      table.region[chunk] = region;
      table.number[chunk] = window;
      table.firstRun[chunk] = run;
    }
    table.rawLength[chunk] = (table.rawLength[chunk] ?? 0) + length;
    table.runOffset[run] = offset;
    table.runLength[run] = length;
    run++;
  });
  table.firstRun[sizes.chunks] = run;
  return table;
}

function forEachRun(
  regions: readonly RegionExtents[],
  visit: (region: number, window: number, diskOffset: number, length: number, isNewChunk: boolean) => void,
): void {
  for (const [index, region] of regions.entries()) {
    let last = -1;
    for (const { start, end } of region.extents) {
      for (let at = start; at < end; ) {
        const window = Math.floor(at / CHUNK_SIZE);
        const stop = Math.min(end, (window + 1) * CHUNK_SIZE);
        visit(index, window, region.start + at, stop - at, window !== last);
        last = window;
        at = stop;
      }
    }
  }
}

function allocate({ chunks, runs }: Sizes): ChunkTable {
  const u32 = (n: number) => new Uint32Array(new SharedArrayBuffer(n * 4));
  const f64 = (n: number) => new Float64Array(new SharedArrayBuffer(n * 8));
  const u8 = (n: number) => new Uint8Array(new SharedArrayBuffer(n));
  return {
    count: chunks,
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

export const rawBytes = (table: ChunkTable): number => table.rawLength.reduce((sum, n) => sum + n, 0);
