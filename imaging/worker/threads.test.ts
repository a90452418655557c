import type { Worker, WorkerOptions } from "node:worker_threads";
import { expect, test, vi } from "vitest";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { Threads } from "#imaging/worker/threads.ts";

/** The first thread wants more memory than it may have; all others work until they are told to stop. */
const SCRIPT = `
  const { parentPort, workerData } = require("node:worker_threads");
  parentPort.on("message", () => {
    const { control } = workerData.shared;
    const kept = [];
    if (Atomics.add(control, 0, 1) === 0) for (let i = 0; ; i++) kept.push({ i });
    Atomics.wait(control, 1, 0);
    parentPort.postMessage({ type: "passed" });
  });`;

vi.mock("node:os", () => ({ availableParallelism: () => 2 }));
vi.mock("node:worker_threads", async (original) => {
  const real = await original<{ Worker: typeof Worker }>();
  class Hungry extends real.Worker {
    constructor(_file: URL, options: WorkerOptions) {
      super(SCRIPT, { ...options, eval: true });
    }
  }
  return { ...real, Worker: Hungry };
});

test("a thread that runs out of memory stops the others, and is a fault of the program with a code", async () => {
  await using threads = new Threads({ kind: "verify-target", disk: "/none" }, { signal: new AbortController().signal });
  const pass = threads.pass({} as ChunkTable, { order: new Uint32Array(64) });
  const end = async () => {
    for (let step = await pass.next(); !step.done; step = await pass.next());
  };
  await expect(end()).rejects.toMatchObject({
    code: "INTERNAL",
    details: { problem: expect.stringContaining("memory") },
    cause: { code: "ERR_WORKER_OUT_OF_MEMORY" },
  });
});
