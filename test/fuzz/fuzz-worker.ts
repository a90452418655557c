import { parentPort, workerData } from "node:worker_threads";
import { watchAllocations } from "#test/fuzz/allocation-meter.ts";
import { makeCase, type ReadySeed, runCase } from "#test/fuzz/run-case.ts";
import { loadSeeds } from "#test/fuzz/seeds.ts";
import { addFailure, emptyTally, problemOf, type Tally } from "#test/fuzz/tally.ts";
import type { FuzzTarget } from "#test/fuzz/target.ts";
import { loadTarget } from "#test/fuzz/targets.ts";

/** What the supervisor gives a thread: which cases, and where to say which one it is at. */
export interface WorkerTask {
  /** URL of the folder of the target's file. */
  readonly folder: string;
  readonly target: string;
  readonly seed: number;
  readonly cases: number;
  readonly block: number;
  /** [0] the next block of cases, shared by all threads. */
  readonly next: Int32Array<SharedArrayBuffer>;
  /** [0] the case that this thread is at, [1] its block, -1 for none yet. */
  readonly at: Int32Array<SharedArrayBuffer>;
  /** A block that a killed thread left, and its cases that are already known to be fatal. */
  readonly first: { readonly block: number; readonly without: readonly number[] } | undefined;
}

export type WorkerMessage = { readonly kind: "block"; readonly tally: Tally } | { readonly kind: "end" };

async function runBlock(target: FuzzTarget, seeds: readonly ReadySeed[], task: WorkerTask, block: number) {
  const tally = emptyTally();
  const without = task.first?.block === block ? task.first.without : [];
  task.at[1] = block;
  const end = Math.min((block + 1) * task.block, task.cases);
  for (let number = block * task.block; number < end; number++) {
    if (without.includes(number)) continue;
    task.at[0] = number;
    const result = await runCase(target, makeCase(target, seeds, { seed: task.seed, case: number }));
    tally.cases++;
    tally.milliseconds = Math.max(tally.milliseconds, result.milliseconds);
    tally.readBytes = Math.max(tally.readBytes, result.readBytes);
    if (result.failure)
      addFailure(tally, { target: target.name, case: number, problem: problemOf(result.failure), count: 1 });
    else tally.outcomes[result.outcome] = (tally.outcomes[result.outcome] ?? 0) + 1;
  }
  parentPort?.postMessage({ kind: "block", tally } satisfies WorkerMessage);
}

async function main(task: WorkerTask): Promise<void> {
  watchAllocations();
  const target = await loadTarget(task.folder, task.target);
  const seeds = await loadSeeds(target);
  if (task.first) await runBlock(target, seeds, task, task.first.block);
  const blocks = Math.ceil(task.cases / task.block);
  for (let block = Atomics.add(task.next, 0, 1); block < blocks; block = Atomics.add(task.next, 0, 1))
    await runBlock(target, seeds, task, block);
  parentPort?.postMessage({ kind: "end" } satisfies WorkerMessage);
}

await main(workerData as WorkerTask);
