import { openPlace } from "#imaging/image/volumes.ts";
import { chunkReader, recordReader } from "#imaging/worker/read-chunk.ts";
import type { ChunkWork, VerifyTask } from "#imaging/worker/task.ts";

export function verifyWork(task: VerifyTask, report: (chunk: number, problem: string) => void): ChunkWork {
  const image = openPlace(task.chunks, "r");
  const read = (task.isQuick ? recordReader : chunkReader)(image, task.chunks);
  return {
    run({ table, counters }, chunks) {
      for (const chunk of chunks) {
        const found = read(table, chunk);
        if ("problem" in found) report(table.first + chunk, found.problem);
        Atomics.add(counters, 0, BigInt(table.rawLength[chunk] as number));
      }
    },
    [Symbol.dispose]: () => image[Symbol.dispose](),
  };
}
