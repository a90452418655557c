import type { FileHandle } from "node:fs/promises";
import { namelessFile } from "#imaging/clone/nameless-file.ts";
import {
  allocateSegment,
  type ChunkTable,
  ChunkWalker,
  type RegionExtents,
  type WalkPosition,
} from "#imaging/image/chunk-table.ts";
import type { ChunkIndex } from "#imaging/image/restorable.ts";

const HASH_SIZE = 32;

interface Segment {
  readonly from: WalkPosition;
  readonly count: number;
}

/**
 * All chunks of a disk, as an image would have them. What they hash to is known once they were read, and kept in a file
 * that has no name: 32 bytes a chunk, 32 MiB for a TiB in use.
 */
export class DiskIndex implements ChunkIndex, AsyncDisposable {
  readonly #regions: readonly RegionExtents[];
  readonly #chunkSize: number;
  readonly #segments: readonly Segment[];
  readonly #hashes: FileHandle;
  readonly chunks: number;

  private constructor(
    regions: readonly RegionExtents[],
    chunkSize: number,
    kept: { segments: readonly Segment[]; hashes: FileHandle },
  ) {
    this.#regions = regions;
    this.#chunkSize = chunkSize;
    this.#segments = kept.segments;
    this.#hashes = kept.hashes;
    this.chunks = kept.segments.reduce((sum, { count }) => sum + count, 0);
  }

  /** @param table room for one segment, which all of them are made to fit */
  static async open(
    regions: readonly RegionExtents[],
    chunkSize: number,
    table = allocateSegment(),
  ): Promise<DiskIndex> {
    const walker = new ChunkWalker(regions, chunkSize);
    const segments: Segment[] = [];
    for (let from = walker.position; walker.fill(table) > 0; from = walker.position)
      segments.push({ from, count: table.count });
    return new DiskIndex(regions, chunkSize, { segments, hashes: await namelessFile() });
  }

  moved(regions: readonly RegionExtents[]): DiskIndex {
    return new DiskIndex(regions, this.#chunkSize, { segments: this.#segments, hashes: this.#hashes });
  }

  segmentOf(chunk: number): number {
    return this.#segments.findLastIndex(({ from }) => from.chunk <= chunk);
  }

  async *read(from = 0, table = allocateSegment()): AsyncGenerator<ChunkTable, void, undefined> {
    for (let segment = from; segment < this.#segments.length; segment++) yield await this.load(segment, table);
  }

  async load(segment: number, table = allocateSegment()): Promise<ChunkTable> {
    const { from, count } = this.#segments[segment] as Segment;
    new ChunkWalker(this.#regions, this.#chunkSize, from).fill(table, count);
    const kept = Buffer.alloc(count * HASH_SIZE); // zeros where none are kept yet
    await this.#hashes.read(kept, 0, kept.length, from.chunk * HASH_SIZE);
    table.sha256.set(kept);
    return table;
  }

  async keepHashes(table: ChunkTable): Promise<void> {
    await this.#hashes.write(
      Buffer.from(table.sha256.slice(0, table.count * HASH_SIZE)),
      0,
      null,
      table.first * HASH_SIZE,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#hashes.close();
  }
}
