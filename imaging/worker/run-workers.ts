import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { LifeboatError } from "#base/errors.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { ChunkProblem, SharedState, Task, WorkerInput, WorkerMessage } from "#imaging/worker/task.ts";

/** More threads than this wait for the disk, and each costs about 10 MiB. */
const MOST_WORKERS = 8;
/** Starting a thread costs as much processor time as about this many chunks. */
const CHUNKS_WORTH_A_WORKER = 32;
const TICK_MS = 200;
/** The rescue image holds each entry point as one bundled file; a checkout holds TypeScript. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./engine-worker.ts" : "./engine-worker.js", import.meta.url);

export interface PassOptions {
  readonly table: ChunkTable;
  /** Chunks to work on; all of them when absent. */
  readonly order?: Uint32Array;
  /** Where a capture's first record goes. */
  readonly firstOffset?: number;
  readonly signal: AbortSignal;
}

export interface PassResult {
  readonly problems: readonly ChunkProblem[];
  readonly endOffset: number;
}

/**
 * Runs one pass of a task over the chunks on all cores, and yields the plain bytes done a few times a second.
 * @throws READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED; the signal's reason when aborted. No thread is left running.
 */
export async function* runWorkers(task: Task, options: PassOptions): AsyncGenerator<number, PassResult, undefined> {
  const { table, signal } = options;
  signal.throwIfAborted(); // an abort of before would not be heard below
  const shared: SharedState = {
    table,
    order: options.order ?? everyChunk(table),
    control: new Int32Array(new SharedArrayBuffer(8)),
    counters: new BigInt64Array(new SharedArrayBuffer(16)),
  };
  shared.counters[1] = BigInt(options.firstOffset ?? 0);
  const problems: ChunkProblem[] = [];
  let failure: unknown;
  const onMessage = (message: WorkerMessage) => {
    if (message.type === "chunk") problems.push({ chunk: message.chunk, problem: message.problem });
    else failure ??= diskError(message, task);
  };
  const useful = Math.ceil(shared.order.length / CHUNKS_WORTH_A_WORKER);
  const count = Math.max(1, Math.min(availableParallelism(), MOST_WORKERS, useful));
  const stop = () => Atomics.store(shared.control, 1, 1);
  signal.addEventListener("abort", stop);
  const threads = Array.from({ length: count }, () => startWorker({ task, shared }, onMessage));
  const all = Promise.allSettled(threads);
  let running = true;
  void all.then(() => {
    running = false;
  });
  try {
    while (running) {
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, TICK_MS))]);
      yield Number(Atomics.load(shared.counters, 0));
    }
  } finally {
    stop();
    const ended = await all;
    failure ??= ended.find((e) => e.status === "rejected")?.reason;
    signal.removeEventListener("abort", stop);
  }
  if (failure !== undefined) throw failure;
  signal.throwIfAborted();
  if (Atomics.load(shared.control, 0) < shared.order.length) throw new Error("the threads ended before their work did");
  problems.sort((a, b) => a.chunk - b.chunk);
  return { problems, endOffset: Number(shared.counters[1]) };
}

/** In shared memory, so that no thread gets a copy. */
function everyChunk(table: ChunkTable): Uint32Array {
  const order = new Uint32Array(new SharedArrayBuffer(table.count * 4));
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order;
}

function startWorker(input: WorkerInput, onMessage: (message: WorkerMessage) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(WORKER, { workerData: input });
  worker.on("message", onMessage);
  worker.on("error", reject);
  worker.on("exit", (status) => (status === 0 ? resolve() : reject(new Error(`a thread ended with status ${status}`))));
  return promise;
}

function diskError(message: Extract<WorkerMessage, { type: "failed" }>, task: Task): LifeboatError {
  const { path, offset, reason } = message;
  if (message.errno === "ENOSPC")
    return task.kind === "capture"
      ? new LifeboatError("SPACE_EXHAUSTED", { file: path })
      : new LifeboatError("TARGET_FULL", { target: path, offset });
  return new LifeboatError(message.at === "read" ? "READ_FAILED" : "WRITE_FAILED", { device: path, offset, reason });
}
