import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { KeptJob } from "#cli/kept-job.ts";
import { openOutput, reportError } from "#cli/output.ts";
import { runJob } from "#cli/run-job.ts";
import { runOperation } from "#cli/run-operation.ts";
import { JobStore } from "#imaging/job/job-store.ts";

const WORK = { kind: "capture", journal: "/x.lbi.job" } as const;
let folder: string;
let store: JobStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-jobs-"));
  store = new JobStore(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const stoppedOf = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });

/** Gets the signal before or after its first progress. */
const stoppedBy = (name: "SIGTERM" | "SIGINT", hasBegun: boolean): Operation<Progress, void> =>
  async function* (signal) {
    if (hasBegun) yield new ProgressMeter([{ phase: "copy", bytes: 1 }]).enter("copy");
    setImmediate(() => process.emit(name));
    await stoppedOf(signal);
  };

function run(operation: Operation<Progress, void>, outlastsCancel = false): Promise<unknown> {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const job = { what: "capture of x", work: WORK, outlastsCancel };
  return runJob(job, () => operation, store, openOutput(true)).catch((error: unknown) => error);
}

/** Those that are kept, of this process, which still runs. */
const kept = async (error: unknown) => (await store.find((error as KeptJob).job)).what;

test.each([
  ["SIGTERM", false, "INTERRUPTED"],
  ["SIGINT", true, "CANCELLED"],
] as const)("%s keeps a job that has begun (outlasts cancel: %s)", async (name, outlastsCancel, code) => {
  const error = await run(stoppedBy(name, true), outlastsCancel);
  expect(error).toMatchObject({ name: "KeptJob", cause: { code } });
  expect(await kept(error)).toBe("capture of x");
});

test("SIGTERM to what has no job to go on with names no `resume`", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const copy = runOperation("copy", stoppedBy("SIGTERM", true), openOutput(true));
  await expect(copy).rejects.toMatchObject({ code: "CANCELLED", details: { what: "copy" } });
});

test("Ctrl-C gives a job up, and SIGTERM before anything was done leaves none", async () => {
  expect(await run(stoppedBy("SIGINT", true))).toMatchObject({ name: "LifeboatError", code: "CANCELLED" });
  expect(await run(stoppedBy("SIGTERM", false))).toMatchObject({ name: "LifeboatError", code: "CANCELLED" });
});

test.each(["CREATE_FAILED", "SOURCE_EMPTY", "VOLUME_MISSING", "SPACE_EXHAUSTED"] as const)(
  "%s before it goes on leaves a job of before on the list, and a new one is none",
  async (code) => {
    const refusal = new LifeboatError(code, {} as never);
    const refuse: Operation<Progress, void> = async function* () {
      yield* [];
      throw refusal;
    };
    const id = await store.begin("capture of y", WORK);
    const job = { what: "capture of y", work: WORK };
    await expect(runJob({ ...job, id }, () => refuse, store, openOutput(true))).rejects.toMatchObject({ job: id });
    expect((await store.find(id)).what).toBe("capture of y");
    await expect(runJob(job, () => refuse, store, openOutput(true))).rejects.toBe(refusal);
  },
);

test("a fault of the program is none of the job's, which stays", async () => {
  const error = await run(async function* () {
    yield new ProgressMeter([{ phase: "copy", bytes: 1 }]).enter("copy");
    throw new LifeboatError("INTERNAL", { problem: "a thread was lost" });
  });
  expect(error).toMatchObject({ name: "KeptJob", cause: { code: "INTERNAL" } });
  expect(await kept(error)).toBe("capture of x");
});

test("a kept job is named in the error: by its id and the command in JSON, and in a line of its own", async () => {
  const away = new LifeboatError(
    "WRITE_FAILED",
    { device: "x", offset: 0, reason: "EIO" },
    { cause: Object.assign(new Error("EIO"), { code: "EIO" }) },
  );
  const error = await run(async function* () {
    yield new ProgressMeter([{ phase: "copy", bytes: 1 }]).enter("copy");
    throw away;
  });
  const { job } = error as KeptJob;
  const print = vi.mocked(process.stderr.write);
  print.mockClear();
  expect([reportError(error, true), reportError(error, false)]).toEqual([6, 6]);
  const [json, text] = print.mock.calls.map(([line]) => String(line));
  expect(JSON.parse(json ?? "")).toMatchObject({
    error: { code: "WRITE_FAILED", job, resume: `lifeboat resume ${job}` },
  });
  expect(text).toContain(`\n  Kept: \`lifeboat resume ${job}\` goes on with what is done so far.\n`);
});
