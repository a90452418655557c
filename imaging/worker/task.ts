import type { Level } from "#imaging/codec/codec.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";

/** Reads chunks of the disk, packs and compresses them, and writes their records into the image file. */
export interface CaptureTask {
  readonly kind: "capture";
  readonly disk: string;
  readonly image: string;
  readonly level: Level;
}
/** Reads records, expands them and holds them against their checksums. */
export interface VerifyTask {
  readonly kind: "verify";
  readonly image: string;
}
/** As `verify`, and writes the packed runs to where they belong on the target. */
export interface RestoreTask {
  readonly kind: "restore";
  readonly image: string;
  readonly disk: string;
  /** The target is known to read as zeros (a new sparse file): zero chunks need no write. */
  readonly targetIsZero: boolean;
  /** Zeros go to the place of a damaged chunk. Otherwise nothing does, so that the restore marker stays. */
  readonly salvage: boolean;
}
/** Reads the target back and holds it against the index. */
export interface VerifyTargetTask {
  readonly kind: "verify-target";
  readonly disk: string;
}
export type Task = CaptureTask | VerifyTask | RestoreTask | VerifyTargetTask;

/** What the threads of one pass share. */
export interface SharedState {
  readonly table: ChunkTable;
  /** The chunks to work on, in order. */
  readonly order: Uint32Array;
  /** [0] next place in `order`, [1] 1 = stop. */
  readonly control: Int32Array;
  /** [0] plain bytes done, [1] capture: end of the image file so far. */
  readonly counters: BigInt64Array;
}

export interface WorkerInput {
  readonly task: Task;
  readonly shared: SharedState;
}

/** A chunk that is not what it should be. The pass goes on; its caller decides what that means. */
export interface ChunkProblem {
  readonly chunk: number;
  readonly problem: string;
}

/** What a worker sends: a chunk that is damaged, or an error that ends the pass. */
export type WorkerMessage =
  | ({ readonly type: "chunk" } & ChunkProblem)
  | {
      readonly type: "failed";
      readonly at: "read" | "write";
      readonly path: string;
      readonly offset: number;
      readonly errno: string;
      readonly reason: string;
    };
