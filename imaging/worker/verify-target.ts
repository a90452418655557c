import { hash } from "node:crypto";
import { PACK_BUFFER_SIZE, readPacked } from "#imaging/worker/packed-runs.ts";
import { openPositional } from "#imaging/worker/positional-io.ts";
import type { SharedState, VerifyTargetTask } from "#imaging/worker/task.ts";

export function verifyTarget(
  task: VerifyTargetTask,
  { table, counters }: SharedState,
  chunks: Iterable<number>,
  report: (chunk: number, problem: string) => void,
): void {
  using target = openPositional(task.disk, "r");
  const buffer = Buffer.allocUnsafeSlow(PACK_BUFFER_SIZE);
  for (const chunk of chunks) {
    const packed = readPacked(target, table, chunk, buffer);
    const wanted = table.sha256.subarray(chunk * 32, chunk * 32 + 32);
    if (hash("sha256", packed, "buffer").compare(wanted) !== 0) report(chunk, "it reads back differently");
    Atomics.add(counters, 0, BigInt(packed.length));
  }
}
