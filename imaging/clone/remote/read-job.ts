import type { WIRE_CODEC } from "#imaging/clone/remote/wire.ts";
import { badRange, cloneAnswer, MOST_BAD, MOST_READ } from "#imaging/clone/remote/wire.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { Budget } from "#imaging/salvage/budget.ts";

/** What a thread of the serving side does for one request. */
export type ReadWork =
  | {
      readonly kind: "read";
      /** Bytes of the disk. */
      readonly offset: number;
      readonly length: number;
      /** Zeros where it cannot be read, and the places told; otherwise that is a failure. */
      readonly patient: boolean;
    }
  | {
      /** SHA-256 of the first `count` chunks of a segment. */
      readonly kind: "hash";
      readonly table: ChunkTable;
      readonly count: number;
    };

/** With the place of its answer: one slot of memory that both threads see. */
export type ReadJob = ReadWork & { readonly slot: SharedArrayBuffer };

/** The answer lies in the slot: room for its header, bad ranges, data. Or what failed. */
export type ReadDone =
  | {
      readonly codec: (typeof WIRE_CODEC)[keyof typeof WIRE_CODEC];
      readonly rawLength: number;
      readonly storedLength: number;
      readonly badCount: number;
    }
  | { readonly failed: { readonly offset: number; readonly errno: string; readonly reason: string } };

export interface ReaderInput {
  readonly disk: string;
  readonly sectorSize: number;
  /** What all threads may spend together on sectors that cannot be read. */
  readonly budget: Budget;
}

/** A whole answer of the longest kind. */
export const SLOT_BYTES = cloneAnswer.size + MOST_BAD * badRange.size + MOST_READ;
