import { parentPort, workerData } from "node:worker_threads";
import { captureChunks } from "#imaging/worker/capture-chunks.ts";
import { DiskIoError } from "#imaging/worker/positional-io.ts";
import { restoreChunks } from "#imaging/worker/restore-chunks.ts";
import type { SharedState, WorkerInput, WorkerMessage } from "#imaging/worker/task.ts";
import { verifyChunks } from "#imaging/worker/verify-chunks.ts";
import { verifyTarget } from "#imaging/worker/verify-target.ts";

/**
 * One thread of the engine. Each thread takes the next chunk of the shared table and does all the work on it
 * itself (read, hash, compress, write at its own place), so no data crosses between threads; the main thread
 * plans and reports.
 */
const { task, shared } = workerData as WorkerInput;
const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

/** The chunks this thread gets. */
function* takeChunks({ order, control }: SharedState): Generator<number, void, undefined> {
  for (;;) {
    if (Atomics.load(control, 1) === 1) return;
    const place = Atomics.add(control, 0, 1);
    if (place >= order.length) return;
    yield order[place] as number;
  }
}

try {
  const chunks = takeChunks(shared);
  const report = (chunk: number, problem: string) => send({ type: "chunk", chunk, problem });
  switch (task.kind) {
    case "capture":
      captureChunks(task, shared, chunks);
      break;
    case "verify":
      verifyChunks(task, shared, chunks, report);
      break;
    case "restore":
      restoreChunks(task, shared, chunks, report);
      break;
    case "verify-target":
      verifyTarget(task, shared, chunks, report);
      break;
  }
} catch (error) {
  Atomics.store(shared.control, 1, 1);
  if (!(error instanceof DiskIoError)) throw error;
  const { at, path, offset, errno, message } = error;
  send({ type: "failed", at, path, offset, errno, reason: message });
}
