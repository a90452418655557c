import { hash } from "node:crypto";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE, CODEC } from "#imaging/image/format.ts";
import type { SourceDisk } from "#imaging/image/restorable.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { alignedBuffer } from "#imaging/worker/direct-io.ts";
import { PACK_BUFFER_SIZE } from "#imaging/worker/packed-runs.ts";
import { openPatientSource } from "#imaging/worker/patient-source.ts";
import { openPositional } from "#imaging/worker/positional-io.ts";
import type { SharedState } from "#imaging/worker/task.ts";

const ZEROS = Buffer.alloc(CHUNK_SIZE);

/** Reads chunks straight from the disk that they lie on, and puts their hashes into the table. */
export interface SourceChunks extends Disposable {
  /** @returns undefined when the work was stopped in the middle */
  read(state: Pick<SharedState, "table" | "control">, chunk: number): { readonly plain: Uint8Array } | undefined;
}

export function openSourceChunks(place: SourceDisk, onBad: (bad: BadExtent) => void): SourceChunks {
  if (place.isSpool) return openSpooledChunks(place);
  const source = openPatientSource(place, onBad);
  const buffer = alignedBuffer(PACK_BUFFER_SIZE);
  return {
    read(state, chunk) {
      const { table } = state;
      const moved = place.moved[table.region[chunk] as number] ?? 0;
      const plain = source.read(state, chunk, buffer, moved);
      if (!plain) return undefined;
      note(table, chunk, plain);
      return { plain };
    },
    [Symbol.dispose]: () => source[Symbol.dispose](),
  };
}

/** What is bad was told when it came over. */
function openSpooledChunks({ disk }: SourceDisk): SourceChunks {
  const spool = openPositional(disk, "r");
  const buffer = alignedBuffer(PACK_BUFFER_SIZE);
  return {
    read({ table }, chunk) {
      const plain = buffer.subarray(0, table.rawLength[chunk]);
      spool.read(plain, table.recordOffset[chunk] as number);
      note(table, chunk, plain);
      return { plain };
    },
    [Symbol.dispose]: () => spool[Symbol.dispose](),
  };
}

function note(table: ChunkTable, chunk: number, plain: Uint8Array): void {
  table.sha256.set(hash("sha256", plain, "buffer"), chunk * 32);
  const isZero = ZEROS.compare(plain, 0, plain.length, 0, plain.length) === 0;
  table.codec[chunk] = isZero ? CODEC.zero : CODEC.stored;
}
