import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { ExtentList } from "#imaging/extent.ts";
import type { ChunkTable, RegionExtents } from "#imaging/image/chunk-table.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { ImagePlace } from "#imaging/image/volumes.ts";
import type { Budget } from "#imaging/salvage/budget.ts";

/**
 * Makes sure that chunks of a segment can be read at the place of the image's chunks.
 * @param order their places in it
 * @param placed where the table says that they lie; absent: where they lie in the image
 */
export type FetchChunks = (table: ChunkTable, order: Iterable<number>, placed?: PlacedChunks) => Promise<void>;

/** What a table of a relocated image says otherwise than the image's own. */
export interface PlacedChunks {
  /** Of each region: how far behind its place in the image it lies, in bytes. */
  readonly moved: readonly number[];
  isLeftOut(region: number, window: number): boolean;
}

/** Where the chunks of an image go on a target on which partitions lie otherwise. */
export interface Placement {
  /** All of them, so that chunks keep their numbers. */
  readonly regions: readonly RegionExtents[];
  /** Whether a window of a region has no place there. */
  isLeftOut(region: number, window: number): boolean;
}

/** A disk whose chunks are read as they are asked for. Structured-clonable: every thread gets it. */
export interface SourceDisk {
  readonly disk: string;
  readonly sectorSize: number;
  /** What all threads may spend together on sectors that cannot be read. */
  readonly budget: Budget;
  /** Of each region: how far behind its place on the source it lies on the target, in bytes. */
  readonly moved: readonly number[];
  /** It is no disk but a spool of one: a chunk lies packed at its `recordOffset`, wherever its runs belong. */
  readonly isSpool?: boolean;
}

export const isSourceDisk = (place: ImagePlace | SourceDisk): place is SourceDisk => "disk" in place;

/** All chunks in their order, a segment at a time: memory does not grow with the disk. */
export interface ChunkIndex {
  /** Number of the segment that holds chunk `chunk`. */
  segmentOf(chunk: number): number;
  /** The segments in order, all in the same `table`: one is gone when the next is asked for. */
  read(from?: number, table?: ChunkTable): AsyncGenerator<ChunkTable, void, undefined>;
  load(segment: number, table?: ChunkTable): Promise<ChunkTable>;
  /** The same chunks for a disk on which the regions lie elsewhere. */
  moved(regions: readonly RegionExtents[]): ChunkIndex;
  /** Where hashes are known only when chunks were read: keeps those of this segment for later. */
  keepHashes?(table: ChunkTable): Promise<void>;
}

/** What a restore writes to its target: an image, or a disk that is cloned as if it were one. */
export interface Restorable {
  readonly path: string;
  /** Bytes of all volumes. */
  readonly fileSize: number;
  /** Hex: the identity of all content. */
  readonly rootHash: string;
  readonly manifest: Manifest;
  readonly regions: readonly RegionExtents[];
  /** What could not be read when it was captured and reads as zeros: bytes of the disk. */
  readonly bad: ExtentList;
  readonly chunks: number;
  /** Plain bytes of all chunks. */
  readonly rawBytes: number;
  readonly index: ChunkIndex;
  /** Bytes of a window. */
  readonly chunkSize: number;
  /** What threads need to read its chunks. */
  readonly chunkPlace: ImagePlace | SourceDisk;
  /** Of a disk that is cloned: the disk. */
  readonly device?: ReadableDevice | undefined;
  /** Of an image whose regions were given other places: then `regions` are only what is written of them. */
  readonly placement?: Placement | undefined;
  /** To be awaited before chunks are read, of an image that is read from far away. */
  readonly fetch?: FetchChunks | undefined;
  /** Of a disk whose chunks come from far away: puts the hashes of chunks into a segment's table, so that only others need come. */
  readonly askHashes?: ((table: ChunkTable, order: Iterable<number>) => Promise<void>) | undefined;
}
