import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { LifeboatError } from "#base/errors.ts";
import type { ReadDone, ReaderInput, ReadJob } from "#imaging/clone/remote/read-job.ts";

/** As the engine's threads: each keeps its data in buffers outside of the heap. */
const HEAP = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 32 };
const MOST_THREADS = 4;
/** The rescue image holds each entry point as one bundled file; a checkout holds TypeScript. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./read-worker.ts" : "./clone-read-worker.js",
  import.meta.url,
);

interface Waiting extends PromiseWithResolvers<ReadDone> {
  readonly job: ReadJob;
}

/** Threads that read the disk that is served. They live as long as it is; a bad sector holds up one of them, and no ping. */
export class DiskReaders implements AsyncDisposable {
  readonly #workers: Worker[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #queue: Waiting[] = [];
  #lost: Error | undefined;

  constructor(input: ReaderInput) {
    const count = Math.min(availableParallelism(), MOST_THREADS);
    for (let i = 0; i < count; i++) this.#workers.push(this.#start(input));
    this.#idle.push(...this.#workers);
  }

  /** @throws INTERNAL when a thread was lost */
  run(job: ReadJob): Promise<ReadDone> {
    const waiting = { job, ...Promise.withResolvers<ReadDone>() };
    this.#queue.push(waiting);
    this.#next();
    return waiting.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lost ??= new Error("closed");
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#lost) for (const { reject } of this.#queue.splice(0)) reject(this.#lost);
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const [worker, waiting] = [this.#idle.pop() as Worker, this.#queue.shift() as Waiting];
      this.#busy.set(worker, waiting);
      worker.postMessage(waiting.job);
    }
  }

  #start(input: ReaderInput): Worker {
    const worker = new Worker(WORKER, { workerData: input, resourceLimits: HEAP });
    worker.on("message", (done: ReadDone) => {
      const waiting = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      waiting?.resolve(done);
      this.#next();
    });
    const lost = (cause: Error) => {
      const problem = `a thread that reads the disk was lost: ${cause.message}`;
      this.#lost ??= new LifeboatError("INTERNAL", { problem }, { cause });
      for (const { reject } of this.#busy.values()) reject(this.#lost);
      this.#busy.clear();
      this.#next();
    };
    worker.on("error", lost);
    worker.on("exit", (status) => lost(new Error(`it ended with status ${status}`)));
    return worker;
  }
}
