import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { PassOptions, PassResult, Threads } from "#imaging/worker/threads.ts";

/** Runs one pass and yields `shown` of the bytes done so far. @returns the pass's result */
export async function* showPass<P>(
  threads: Threads,
  table: ChunkTable,
  options: PassOptions,
  shown: (bytes: number) => P,
): AsyncGenerator<P, PassResult, undefined> {
  const pass = threads.pass(table, options);
  try {
    let step = await pass.next();
    for (; !step.done; step = await pass.next()) yield shown(step.value);
    return step.value;
  } finally {
    await pass.return(undefined as never); // a consumer that stops early stops the threads
  }
}
