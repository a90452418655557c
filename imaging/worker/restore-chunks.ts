import { CODEC } from "#imaging/image/format.ts";
import { writePacked } from "#imaging/worker/packed-runs.ts";
import { openPositional } from "#imaging/worker/positional-io.ts";
import { chunkReader } from "#imaging/worker/read-chunk.ts";
import type { RestoreTask, SharedState } from "#imaging/worker/task.ts";

/** A damaged chunk is reported and never written; with `salvage` its place on the target reads as zeros. */
export function restoreChunks(
  task: RestoreTask,
  { table, counters }: SharedState,
  chunks: Iterable<number>,
  report: (chunk: number, problem: string) => void,
): void {
  using image = openPositional(task.image, "r");
  using target = openPositional(task.disk, "r+");
  const readChunk = chunkReader(image, table);
  for (const chunk of chunks) {
    const read = readChunk(chunk);
    const length = table.rawLength[chunk] as number;
    if ("problem" in read) {
      report(chunk, read.problem);
      if (task.salvage) writePacked(target, table, chunk, new Uint8Array(length));
    } else if (table.codec[chunk] !== CODEC.zero || !task.targetIsZero) {
      writePacked(target, table, chunk, read.plain);
    }
    Atomics.add(counters, 0, BigInt(length));
  }
}
