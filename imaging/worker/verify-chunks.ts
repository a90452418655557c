import { openPositional } from "#imaging/worker/positional-io.ts";
import { chunkReader } from "#imaging/worker/read-chunk.ts";
import type { SharedState, VerifyTask } from "#imaging/worker/task.ts";

export function verifyChunks(
  task: VerifyTask,
  { table, counters }: SharedState,
  chunks: Iterable<number>,
  report: (chunk: number, problem: string) => void,
): void {
  using image = openPositional(task.image, "r");
  const readChunk = chunkReader(image, table);
  for (const chunk of chunks) {
    const read = readChunk(chunk);
    if ("problem" in read) report(chunk, read.problem);
    Atomics.add(counters, 0, BigInt(table.rawLength[chunk] as number));
  }
}
