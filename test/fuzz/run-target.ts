import { Worker } from "node:worker_threads";
import type { WorkerMessage, WorkerTask } from "#test/fuzz/fuzz-worker.ts";
import { boundsOf } from "#test/fuzz/run-case.ts";
import { clearScratch } from "#test/fuzz/scratch.ts";
import { makeSeeds } from "#test/fuzz/seeds.ts";
import { addFailure, addTally, emptyTally, type Tally } from "#test/fuzz/tally.ts";
import type { FuzzTarget } from "#test/fuzz/target.ts";
import { watchTime } from "#test/fuzz/time-limit.ts";

export interface RunOptions {
  /** URL of the folder of the target's file: the threads load it for themselves. */
  readonly folder: string;
  readonly seed: number;
  readonly cases: number;
  readonly jobs: number;
}

const BLOCK = 250;
/** Each costs its whole time limit; so many are enough to know. */
const MOST_KILLED = 20;
const HEAP_MIB = 256;

/** More than any run has: whoever asks for the next block then has done all. */
const NO_BLOCK = 2 ** 30;

/**
 * Tries a parser with `cases` damaged inputs on `jobs` threads. A case that does not end in time is a failure.
 * @param stop ends the run early, behind the blocks that are begun: the tally says how many cases were tried
 */
export async function runTarget(target: FuzzTarget, options: RunOptions, stop?: AbortSignal): Promise<Tally> {
  await makeSeeds(target);
  const tally = emptyTally();
  const next = new Int32Array(new SharedArrayBuffer(4));
  const shared = { ...options, target: target.name, block: BLOCK, next };
  const limit = boundsOf(target).milliseconds;
  stop?.addEventListener("abort", () => Atomics.store(next, 0, NO_BLOCK), { once: true });
  try {
    await Promise.all(Array.from({ length: options.jobs }, () => runThread(shared, limit, tally)));
  } finally {
    clearScratch();
  }
  return tally;
}

type Shared = Omit<WorkerTask, "at" | "first">;

/** One thread's place: whoever dies in it is replaced, and the rest of the block is done again without its last case. */
async function runThread(shared: Shared, limit: number, tally: Tally): Promise<void> {
  let first: WorkerTask["first"];
  for (let killed = 0; killed < MOST_KILLED; killed++) {
    const at = new Int32Array(new SharedArrayBuffer(8)).fill(-1);
    const problem = await runWorker({ ...shared, at, first }, limit, tally);
    if (problem === undefined) return;
    const [number = -1, block = -1] = at;
    if (number < 0) throw new Error(`${shared.target}: the thread does not start: ${problem}`);
    addFailure(tally, { target: shared.target, case: number, problem, count: 1 });
    tally.cases++;
    first = { block, without: first?.block === block ? [...first.without, number] : [number] };
  }
}

/** @returns why the thread ended early, or undefined when it did all there was to do. */
async function runWorker(task: WorkerTask, limit: number, tally: Tally): Promise<string | undefined> {
  const { promise: ended, resolve } = Promise.withResolvers<string | undefined>();
  const worker = new Worker(new URL("fuzz-worker.ts", import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
  });
  worker.on("message", (message: WorkerMessage) => {
    if (message.kind === "block") addTally(tally, message.tally);
    else resolve(undefined);
  });
  worker.on("error", (error: Error) => resolve(`the thread died: ${error.message} ${causeOf(error)}`));
  worker.on("exit", (code) => resolve(`the thread exited with ${code}`));
  const watch = watchTime(worker, task.at, limit, resolve);
  try {
    return await ended;
  } finally {
    watch.stop();
    await worker.terminate();
  }
}

const causeOf = ({ cause }: Error) => (cause instanceof Error ? (cause.stack ?? cause.message) : "");
