import { CODEC } from "#imaging/image/format.ts";
import { openPlace } from "#imaging/image/volumes.ts";
import { alignedBuffer, openDirect } from "#imaging/worker/direct-io.ts";
import { PACK_BUFFER_SIZE, writePacked } from "#imaging/worker/packed-runs.ts";
import { chunkReader } from "#imaging/worker/read-chunk.ts";
import type { ChunkWork, RestoreTask } from "#imaging/worker/task.ts";

/** A damaged chunk is reported and never written; with `salvage` its place on the target reads as zeros. */
export function restoreWork(task: RestoreTask, report: (chunk: number, problem: string) => void): ChunkWork {
  const image = openPlace(task.image, "r");
  const target = openDirect(task.disk, "r+");
  const room = alignedBuffer(PACK_BUFFER_SIZE);
  const zeros = alignedBuffer(PACK_BUFFER_SIZE);
  const readChunk = chunkReader(image, task.image.recordKey);
  return {
    run({ table, counters }, chunks) {
      for (const chunk of chunks) {
        const read = readChunk(table, chunk);
        const length = table.rawLength[chunk] as number;
        if ("problem" in read) {
          report(table.first + chunk, read.problem);
          if (task.salvage) writePacked(target, table, chunk, zeros, room);
        } else if (table.codec[chunk] !== CODEC.zero || !task.targetIsZero) {
          writePacked(target, table, chunk, read.plain, room);
        }
        Atomics.add(counters, 0, BigInt(length));
      }
    },
    [Symbol.dispose]() {
      image[Symbol.dispose]();
      target[Symbol.dispose]();
    },
  };
}
