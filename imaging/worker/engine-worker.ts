import { parentPort, workerData } from "node:worker_threads";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { captureWork } from "#imaging/worker/capture-chunks.ts";
import { DiskIoError } from "#imaging/worker/positional-io.ts";
import { restoreWork } from "#imaging/worker/restore-chunks.ts";
import type { ChunkWork, Pass, SharedState, Task, WorkerInput, WorkerMessage } from "#imaging/worker/task.ts";
import { throttle } from "#imaging/worker/throttle.ts";
import { verifyWork } from "#imaging/worker/verify-chunks.ts";
import { verifyTargetWork } from "#imaging/worker/verify-target.ts";

/**
 * One thread of the engine. Each thread takes the next chunk of the shared table and does all the work on it
 * itself (read, hash, compress, write at its own place), so no data crosses between threads; the main thread
 * plans and reports.
 */
const { task, shared } = workerData as WorkerInput;
const send = (message: WorkerMessage): void => parentPort?.postMessage(message);
let work: ChunkWork | undefined;

function openWork(kind: Task): ChunkWork {
  const report = (chunk: number, problem: string) => send({ type: "chunk", chunk, problem });
  const bad = (extent: BadExtent) => send({ type: "bad", ...extent });
  switch (kind.kind) {
    case "capture":
      return captureWork(kind, bad);
    case "verify":
      return verifyWork(kind, report);
    case "restore":
      return restoreWork(kind, { problem: report, written: (one) => send({ type: "written", ...one }), bad });
    case "verify-target":
      return verifyTargetWork(kind, report);
  }
}

/** The chunks this thread gets. */
function* takeChunks(state: SharedState): Generator<number, void, undefined> {
  const { order, control, table } = state;
  for (;;) {
    if (Atomics.load(control, 1) === 1) return;
    const place = Atomics.add(control, 0, 1);
    if (place >= order.length) return;
    const chunk = order[place] as number;
    throttle(state, table.rawLength[chunk] as number);
    if (Atomics.load(control, 1) === 1) return;
    yield chunk;
  }
}

function runPass(pass: Pass): void {
  const state = { ...shared, ...pass };
  try {
    work ??= openWork(task);
    work.run(state, takeChunks(state));
  } catch (error) {
    Atomics.store(shared.control, 1, 1);
    Atomics.notify(shared.control, 1);
    if (!(error instanceof DiskIoError)) throw error;
    const { at, path, offset, errno, message } = error;
    send({ type: "failed", at, path, offset, errno, reason: message });
  }
  send({ type: "passed" });
}

parentPort?.on("message", runPass);
