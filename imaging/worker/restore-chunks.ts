import { hash } from "node:crypto";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CODEC } from "#imaging/image/format.ts";
import { isSourceDisk, type SourceDisk } from "#imaging/image/restorable.ts";
import { type ImagePlace, openPlace } from "#imaging/image/volumes.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { writeDiffering } from "#imaging/worker/differing-runs.ts";
import { alignedBuffer, openDirect } from "#imaging/worker/direct-io.ts";
import { PACK_BUFFER_SIZE, readPacked, writePacked } from "#imaging/worker/packed-runs.ts";
import type { PositionalFile } from "#imaging/worker/positional-io.ts";
import { chunkReader } from "#imaging/worker/read-chunk.ts";
import { openSourceChunks } from "#imaging/worker/source-chunks.ts";
import type { ChunkWork, RestoreTask, WrittenChunk } from "#imaging/worker/task.ts";

type WriteChunk = (table: ChunkTable, chunk: number, plain: Uint8Array) => void;

/** What a thread tells of its chunks. */
interface Told {
  problem(chunk: number, problem: string): void;
  written(written: WrittenChunk): void;
  bad(bad: BadExtent): void;
}

export const restoreWork = (task: RestoreTask, told: Told): ChunkWork =>
  isSourceDisk(task.chunks) ? cloneWork(task, task.chunks, told) : imageWork(task, task.chunks, told);

/** A damaged chunk is reported and never written; with `salvage` its place on the target reads as zeros. */
function imageWork(task: RestoreTask, place: ImagePlace, told: Told): ChunkWork {
  const image = openPlace(place, "r");
  const target = openDirect(task.disk, "r+");
  const zeros = alignedBuffer(PACK_BUFFER_SIZE);
  const readChunk = chunkReader(image, place);
  const held = task.onlyDiffering ? heldChunks(target) : undefined;
  const write = held ? differingWriter(target, held, told) : wholeWriter(target, task);
  return {
    run({ table, counters }, chunks) {
      for (const chunk of chunks) {
        if (!held?.isRight(table, chunk)) {
          const read = readChunk(table, chunk);
          if ("problem" in read) told.problem(table.first + chunk, read.problem);
          if ("plain" in read) write(table, chunk, read.plain);
          else if (task.salvage) write(table, chunk, zeros);
        }
        Atomics.add(counters, 0, BigInt(table.rawLength[chunk] as number));
      }
    },
    [Symbol.dispose]() {
      image[Symbol.dispose]();
      target[Symbol.dispose]();
    },
  };
}

/** From disk to disk. What cannot be read of the source reads as zeros on the target, and is told. */
function cloneWork(task: RestoreTask, place: SourceDisk, told: Told): ChunkWork {
  const source = openSourceChunks(place, told.bad);
  const target = openDirect(task.disk, "r+");
  const held = task.onlyDiffering ? heldChunks(target) : undefined;
  const write = held ? differingWriter(target, held, told) : wholeWriter(target, task);
  return {
    run(state, chunks) {
      const { table, counters } = state;
      for (const chunk of chunks) {
        const read = source.read(state, chunk);
        if (!read) return;
        // What the target holds is known to be right by the hash that was just taken of the source.
        if (!held?.isRight(table, chunk)) write(table, chunk, read.plain);
        Atomics.add(counters, 0, BigInt(table.rawLength[chunk] as number));
      }
    },
    [Symbol.dispose]() {
      source[Symbol.dispose]();
      target[Symbol.dispose]();
    },
  };
}

function wholeWriter(target: PositionalFile, { targetIsZero }: RestoreTask): WriteChunk {
  const room = alignedBuffer(PACK_BUFFER_SIZE);
  return (table, chunk, plain) => {
    if (table.codec[chunk] !== CODEC.zero || !targetIsZero) writePacked(target, table, chunk, plain, room);
  };
}

/** What the target holds of a chunk: it is looked at before the image is even read. */
function heldChunks(target: PositionalFile) {
  const buffer = alignedBuffer(PACK_BUFFER_SIZE);
  return {
    buffer,
    isRight(table: ChunkTable, chunk: number): boolean {
      const packed = readPacked(target, table, chunk, buffer);
      const wanted = table.sha256.subarray(chunk * 32, chunk * 32 + 32);
      return hash("sha256", packed, "buffer").compare(wanted) === 0;
    },
  };
}

const differingWriter =
  (target: PositionalFile, held: { buffer: Uint8Array }, told: Told): WriteChunk =>
  (table, chunk, plain) => {
    const bytes = writeDiffering(target, table, chunk, plain, held.buffer);
    told.written({ chunk: table.first + chunk, bytes });
  };
