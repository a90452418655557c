import type { Level } from "#imaging/codec/codec.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { SourceDisk } from "#imaging/image/restorable.ts";
import type { ImagePlace } from "#imaging/image/volumes.ts";
import type { SharedChunks } from "#imaging/repository/known-chunks.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import type { Budget } from "#imaging/salvage/budget.ts";

/** Reads chunks of the disk, packs and compresses them, and writes their records into the image. */
export interface CaptureTask {
  readonly kind: "capture";
  readonly disk: string;
  /** Where records of chunks go. */
  readonly chunks: ImagePlace;
  readonly level: Level;
  readonly sectorSize: number;
  /** What all threads may spend on sectors that cannot be read. */
  readonly budget: Budget;
  /** Into a repository: chunks that it has need no record. */
  readonly shared?: SharedChunks | undefined;
}
/** Reads records, expands them and holds them against their checksums. */
export interface VerifyTask {
  readonly kind: "verify";
  readonly chunks: ImagePlace;
  /** Nothing is expanded: what is stored is held against its own checksum. */
  readonly isQuick: boolean;
}
/** As `verify`, and writes the packed runs to where they belong on the target. */
export interface RestoreTask {
  readonly kind: "restore";
  /** Where they are read: records, or another disk. */
  readonly chunks: ImagePlace | SourceDisk;
  readonly disk: string;
  /** The target is known to read as zeros (a new sparse file): zero chunks need no write. */
  readonly targetIsZero: boolean;
  /** Zeros go to the place of a damaged chunk. Otherwise nothing does, so that the restore marker stays. */
  readonly salvage: boolean;
  /** What the target holds is read first, and only what is not as it should be is written. */
  readonly onlyDiffering: boolean;
}
/** Reads the target back and holds it against the index. */
export interface VerifyTargetTask {
  readonly kind: "verify-target";
  readonly disk: string;
}
export type Task = CaptureTask | VerifyTask | RestoreTask | VerifyTargetTask;

/** What the threads of one job share, whatever segment they work on. */
export interface SharedControl {
  /** [0] next place in `order`, [1] 1 = stop. */
  readonly control: Int32Array;
  /** [0] plain bytes done in this pass, [1] capture: end of the image so far, [2] plain bytes begun by all passes. */
  readonly counters: BigInt64Array;
  /** Plain bytes a second that all threads together may take; 0 = no limit. */
  readonly bytesPerSecond: number;
}

/** One pass over chunks of one segment. */
export interface Pass {
  readonly table: ChunkTable;
  /** Places of the chunks in the table. */
  readonly order: Uint32Array;
}

export type SharedState = SharedControl & Pass;

export interface WorkerInput {
  readonly task: Task;
  readonly shared: SharedControl;
}

/** A chunk that is not what it should be. The pass goes on; its caller decides what that means. */
export interface ChunkProblem {
  /** Number of the chunk in the image. */
  readonly chunk: number;
  readonly problem: string;
}

/** A chunk of which something was written because it differed, and how much. */
export interface WrittenChunk {
  /** Number of the chunk in the image. */
  readonly chunk: number;
  readonly bytes: number;
}

/** From a thread: the pass is over; a chunk is damaged, or was written because it differed; sectors are bad; or an error that ends the pass. */
export type WorkerMessage =
  | { readonly type: "passed" }
  | ({ readonly type: "chunk" } & ChunkProblem)
  | ({ readonly type: "written" } & WrittenChunk)
  | ({ readonly type: "bad" } & BadExtent)
  | {
      readonly type: "failed";
      readonly at: "read" | "write";
      readonly path: string;
      readonly offset: number;
      readonly errno: string;
      readonly reason: string;
    };

/** One kind of work on chunks, with the files and buffers that it keeps from pass to pass. */
export interface ChunkWork extends Disposable {
  run(state: SharedState, chunks: Iterable<number>): void;
}
