import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { LifeboatError } from "#base/errors.ts";
import { type ChunkTable, everyChunk } from "#imaging/image/chunk-table.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { ioError } from "#imaging/worker/io-error.ts";
import type {
  ChunkProblem,
  Pass,
  SharedControl,
  Task,
  WorkerInput,
  WorkerMessage,
  WrittenChunk,
} from "#imaging/worker/task.ts";

/** Four compress 1.6 GB a second or more. Each costs some 17 MiB, and all memory together has a bound (docs/memory.md). */
const MOST_WORKERS = 4;
/** A thread keeps its data in buffers outside of the heap, whose garbage would otherwise wait for as much as this twice. */
const HEAP = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 32 };
/** Starting a thread costs as much processor time as about this many chunks. */
const CHUNKS_WORTH_A_WORKER = 32;
const TICK_MS = 200;
/** The rescue image holds each entry point as one bundled file; a checkout holds TypeScript. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./engine-worker.ts" : "./engine-worker.js", import.meta.url);

export interface ThreadsOptions {
  readonly signal: AbortSignal;
  /** Plain bytes a second that the job may take; 0 or absent = no limit. */
  readonly bytesPerSecond?: number;
}

export interface PassOptions {
  /** Places in the table of the chunks to work on; all of them when absent. */
  readonly order?: Uint32Array;
  /** Where a capture's next record goes. */
  readonly end?: number;
}

export interface PassResult {
  readonly problems: readonly ChunkProblem[];
  readonly bad: readonly BadExtent[];
  /** Of a task that writes only what differs. */
  readonly written: readonly WrittenChunk[];
  /** Capture: where the last record ends. Also true after a pass that failed. */
  readonly end: number;
}

interface Thread {
  readonly worker: Worker;
  /** Settles when the thread is done with its pass, or is gone. */
  passed: PromiseWithResolvers<void>;
}

/**
 * The engine's threads, for one task. They live from the first pass to the end of the job and keep their files open;
 * each pass is over chunks of one segment.
 */
export class Threads implements AsyncDisposable {
  readonly #task: Task;
  readonly #signal: AbortSignal;
  readonly #shared: SharedControl;
  readonly #threads: Thread[] = [];
  #problems: ChunkProblem[] = [];
  #bad: BadExtent[] = [];
  #written: WrittenChunk[] = [];
  #failure: unknown;

  constructor(task: Task, { signal, bytesPerSecond = 0 }: ThreadsOptions) {
    this.#task = task;
    this.#signal = signal;
    this.#shared = {
      control: new Int32Array(new SharedArrayBuffer(8)),
      counters: new BigInt64Array(new SharedArrayBuffer(24)),
      bytesPerSecond,
    };
  }

  /**
   * Works on chunks of one segment on all cores, and yields the plain bytes done a few times a second.
   * @throws READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED, TARGET_FULL; INTERNAL when a thread ends in the middle, of too
   * little memory for one; the signal's reason when aborted
   */
  async *pass(table: ChunkTable, options: PassOptions = {}): AsyncGenerator<number, PassResult, undefined> {
    this.#signal.throwIfAborted(); // an abort of before would not be heard below
    const { control, counters } = this.#shared;
    const order = options.order ?? everyChunk(table);
    control.fill(0);
    counters[0] = 0n;
    counters[1] = BigInt(options.end ?? 0);
    [this.#problems, this.#bad, this.#written, this.#failure] = [[], [], [], undefined];
    const stop = () => this.#stop();
    this.#signal.addEventListener("abort", stop);
    const all = this.#startAll({ table, order }, order.length);
    let running = true;
    void all.then(() => {
      running = false;
    });
    try {
      while (running) {
        await settledOrTick(all);
        yield Number(Atomics.load(counters, 0));
      }
    } finally {
      stop();
      await all;
      this.#signal.removeEventListener("abort", stop);
    }
    if (this.#failure !== undefined) throw this.#failure;
    this.#signal.throwIfAborted();
    if (Atomics.load(control, 0) < order.length) throw new Error("the threads ended before their work did");
    this.#problems.sort((a, b) => a.chunk - b.chunk);
    return { problems: this.#problems, bad: this.#bad, written: this.#written, end: this.end };
  }

  /** Capture: where the last room that was reserved ends. */
  get end(): number {
    return Number(this.#shared.counters[1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  /** Wakes those too that a limit on the rate has put to sleep, for minutes where it is low. */
  #stop(): void {
    Atomics.store(this.#shared.control, 1, 1);
    Atomics.notify(this.#shared.control, 1);
  }

  #startAll(pass: Pass, chunks: number): Promise<void> {
    const useful = Math.ceil(chunks / CHUNKS_WORTH_A_WORKER);
    const count = Math.max(1, Math.min(threadsFor(this.#task), useful));
    while (this.#threads.length < count) this.#threads.push(this.#startThread());
    const working = this.#threads.slice(0, count);
    for (const thread of working) {
      thread.passed = Promise.withResolvers();
      thread.worker.postMessage(pass);
    }
    return Promise.all(working.map(({ passed }) => passed.promise)).then(() => {});
  }

  #startThread(): Thread {
    const input: WorkerInput = { task: this.#task, shared: this.#shared };
    const thread: Thread = {
      worker: new Worker(WORKER, { workerData: input, resourceLimits: HEAP }),
      passed: Promise.withResolvers(),
    };
    const lost = (cause: Error) => {
      const problem = `a thread of the engine was lost: ${cause.message}`;
      this.#failure ??= new LifeboatError("INTERNAL", { problem }, { cause });
      this.#stop(); // the others would work on to the end of a segment in vain
      thread.passed.resolve();
    };
    thread.worker.on("message", (message: WorkerMessage) => {
      if (message.type === "passed") thread.passed.resolve();
      else if (message.type === "chunk") this.#problems.push({ chunk: message.chunk, problem: message.problem });
      else if (message.type === "written") this.#written.push({ chunk: message.chunk, bytes: message.bytes });
      else if (message.type === "bad") this.#bad.push({ start: message.start, end: message.end, state: message.state });
      else this.#failure ??= ioError({ ...message, message: message.reason }, this.#task.kind !== "capture");
    });
    thread.worker.on("error", lost);
    thread.worker.on("exit", (status) => lost(new Error(`it ended with status ${status}`)));
    return thread;
  }
}

/** Who reads a disk past the page cache waits for it about as long as he hashes: a core has work for two. */
function threadsFor(task: Task): number {
  const waits = task.kind === "verify-target" || (task.kind === "restore" && task.onlyDiffering);
  return Math.min(availableParallelism() * (waits ? 2 : 1), MOST_WORKERS);
}

async function settledOrTick(all: Promise<void>): Promise<void> {
  const tick = Promise.withResolvers<void>();
  const timer = setTimeout(tick.resolve, TICK_MS);
  await Promise.race([all, tick.promise]);
  clearTimeout(timer);
}
