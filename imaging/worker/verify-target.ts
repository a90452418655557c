import { hash } from "node:crypto";
import { alignedBuffer, openDirect } from "#imaging/worker/direct-io.ts";
import { PACK_BUFFER_SIZE, readPacked } from "#imaging/worker/packed-runs.ts";
import type { ChunkWork, VerifyTargetTask } from "#imaging/worker/task.ts";

export function verifyTargetWork(task: VerifyTargetTask, report: (chunk: number, problem: string) => void): ChunkWork {
  const target = openDirect(task.disk, "r");
  const buffer = alignedBuffer(PACK_BUFFER_SIZE);
  return {
    run({ table, counters }, chunks) {
      for (const chunk of chunks) {
        const packed = readPacked(target, table, chunk, buffer);
        const wanted = table.sha256.subarray(chunk * 32, chunk * 32 + 32);
        if (hash("sha256", packed, "buffer").compare(wanted) !== 0)
          report(table.first + chunk, "it reads back differently");
        Atomics.add(counters, 0, BigInt(packed.length));
      }
    },
    [Symbol.dispose]: () => target[Symbol.dispose](),
  };
}
