import { randomUUID } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { problemOf } from "#base/http/problem.ts";
import { Job } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import type { Sentence } from "#base/sentence.ts";
import type {
  Afterwards,
  Destination,
  OperationPlan,
  OperationRequest,
  Operation as OperationView,
} from "#rescue/api/operation-contract.ts";
import type { JobRegistry } from "#rescue/jobs/job-registry.ts";
import type { Log } from "#rescue/log.ts";
import type { Destinations } from "#rescue/operations/destinations.ts";
import { prepareCapture } from "#rescue/operations/prepare-capture.ts";
import { prepareClone } from "#rescue/operations/prepare-clone.ts";
import { prepareCopyFiles } from "#rescue/operations/prepare-copy-files.ts";
import { prepareExport } from "#rescue/operations/prepare-export.ts";
import { preparePartition } from "#rescue/operations/prepare-partition.ts";
import { preparePartitionResume } from "#rescue/operations/prepare-partition-resume.ts";
import { prepareProve } from "#rescue/operations/prepare-prove.ts";
import { prepareRepair } from "#rescue/operations/prepare-repair.ts";
import { prepareUndo } from "#rescue/operations/prepare-undo.ts";
import { prepareVerify } from "#rescue/operations/prepare-verify.ts";
import type { PrepareDeps, Prepared } from "#rescue/operations/prepared.ts";

export interface OperationsDeps extends PrepareDeps {
  readonly destinations: Pick<Destinations, "open" | "list">;
  readonly jobs: Pick<JobRegistry, "claim">;
  /** After the end of one: there may be a new image. */
  readonly rescan: () => Promise<unknown>;
  readonly mark: (what: string) => Promise<void>;
  /** @throws FORBIDDEN where this is no rescue system, JOB_BUSY while another job writes */
  readonly power: (action: Exclude<Afterwards, "stay">) => Promise<void>;
  /** Whether the machine may be switched off at all. */
  readonly isRescue: boolean;
  readonly log: Log;
}

/** A menu makes a plan for each look at it; nobody starts one of so many looks ago. */
const MOST_PLANS = 20;
/** Ended ones that are kept for who comes late. */
const MOST_ENDED = 20;

interface Entry {
  readonly prepared: Prepared;
  readonly afterwards: Afterwards;
  readonly job: Job<Progress, Sentence[]>;
  result: Pick<OperationView, "lines" | "problem">;
}

/** Captures, clones, repairs, verifications, boot proofs, changes of partitions and undoing: planned, shown, confirmed, run. */
export class Operations {
  readonly #deps: OperationsDeps;
  readonly #plans = new Map<string, Prepared>();
  readonly #entries = new Map<string, Entry>();

  constructor(deps: OperationsDeps) {
    this.#deps = deps;
  }

  destinations = (): Promise<Destination[]> => this.#deps.destinations.list();

  /** Nothing is written. @throws what the preparations throw */
  async plan(request: OperationRequest): Promise<OperationPlan> {
    const prepared = await prepare(request, this.#deps);
    const id = randomUUID();
    this.#plans.set(id, prepared);
    for (const old of [...this.#plans.keys()].slice(0, -MOST_PLANS)) this.#plans.delete(old);
    const { kind, title, subject, lines, capture, confirmation, edit } = prepared;
    return { id, kind, title, subject, lines, ...(capture && { capture }), confirmation, ...(edit && { edit }) };
  }

  /**
   * Starts exactly what was shown; that the disks are still as they were then is for the engine to find.
   * @param afterwards what the machine does when it has succeeded
   * @throws NOT_FOUND, CONFIRM_MISMATCH, JOB_BUSY, TARGET_IN_USE, FORBIDDEN where the machine is not ours to switch off
   */
  start(planId: string, confirm: string, afterwards: Afterwards = "stay"): OperationView {
    const { jobs, log, mark, rescan, isRescue } = this.#deps;
    if (afterwards !== "stay" && !isRescue)
      throw new LifeboatError("FORBIDDEN", { reason: "this computer does not run the rescue system, so it stays on" });
    const prepared = this.#plans.get(planId);
    if (!prepared) throw new LifeboatError("NOT_FOUND", { what: `the plan ${planId}` });
    checkWords(prepared.confirmation, confirm);
    const claim = jobs.claim(prepared);
    this.#plans.delete(planId);
    const job = new Job<Progress, Sentence[]>(randomUUID(), prepared.run);
    const entry: Entry = { prepared, afterwards, job, result: {} };
    this.#entries.set(job.id, entry);
    this.#forgetOld();
    const facts = { operationId: job.id, kind: prepared.kind, title: prepared.title };
    log.info({ ...facts, lines: prepared.lines.map(({ text }) => text) }, "an operation has started");
    void mark("job running");
    const end = async (result: Entry["result"], error?: unknown) => {
      entry.result = result;
      claim[Symbol.dispose]();
      const told = { ...result, ...(result.lines && { lines: result.lines.map(({ text }) => text) }) };
      if (job.state === "failed") log.error({ ...facts, ...told, err: error }, "an operation has failed");
      else log.info({ ...facts, ...told, state: job.state }, "an operation has ended");
      if (prepared.kind === "capture") await rescan().catch(() => {}); // found at the next look
      await mark(`job ${job.state}`);
      if (job.state === "succeeded") await this.#finish(entry);
    };
    void job.result.then(
      (lines) => end({ lines }),
      (error) => {
        const what = job.state === "cancelled" ? new LifeboatError("CANCELLED", { what: prepared.title }) : error;
        return end({ problem: problemOf(what) }, error);
      },
    );
    return viewOf(entry);
  }

  /** Newest first. */
  list(): OperationView[] {
    return [...this.#entries.values()].reverse().map(viewOf);
  }

  /** @throws NOT_FOUND */
  get(id: string): OperationView {
    return viewOf(this.#entry(id));
  }

  /** @throws NOT_FOUND */
  cancel(id: string): OperationView {
    const entry = this.#entry(id);
    entry.job.cancel();
    return viewOf(entry);
  }

  /** Stops everything and waits until nothing writes any more. What a capture has so far is kept: it can be gone on with. */
  async stop(): Promise<void> {
    for (const { job, prepared } of this.#entries.values())
      job.cancel(new LifeboatError("INTERRUPTED", { what: prepared.title }));
    await Promise.allSettled([...this.#entries.values()].map(({ job }) => job.result));
  }

  /** Another job goes on: then the machine stays on, and the log says why. */
  async #finish({ afterwards, prepared }: Entry): Promise<void> {
    if (afterwards === "stay") return;
    const { log, power } = this.#deps;
    log.info({ title: prepared.title, afterwards }, "as it was asked for");
    await power(afterwards).catch((error) => log.error({ err: error, afterwards }, "the machine stays on"));
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new LifeboatError("NOT_FOUND", { what: `the job ${id}` });
    return entry;
  }

  #forgetOld(): void {
    const ended = [...this.#entries.values()].filter(({ job }) => job.ended);
    for (const { job } of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) this.#entries.delete(job.id);
  }
}

function prepare(request: OperationRequest, deps: PrepareDeps): Promise<Prepared> {
  switch (request.kind) {
    case "capture":
      return prepareCapture(request, deps);
    case "clone":
      return prepareClone(request, deps);
    case "prove":
      return prepareProve(request, deps);
    case "undo":
      return prepareUndo(request, deps);
    case "verify":
      return prepareVerify(request, deps);
    case "boot-repair":
    case "take-back":
      return prepareRepair(request, deps);
    case "copy-files":
      return prepareCopyFiles(request, deps);
    case "export":
      return prepareExport(request, deps);
    case "partition":
      return preparePartition(request, deps);
    case "partition-resume":
      return preparePartitionResume(request, deps);
  }
}

function checkWords({ level, words, id }: Prepared["confirmation"], given: string): void {
  if (given === id || (level === "type" && given === words)) return;
  throw new LifeboatError("CONFIRM_MISMATCH", { asked: id });
}

function viewOf({ prepared: { kind, title, subject }, afterwards, job, result }: Entry): OperationView {
  // Its end is told with what came of it, and not before.
  const isTold = !job.ended || result.lines !== undefined || result.problem !== undefined;
  const { latest } = job;
  return {
    ...{ id: job.id, kind, title, subject, state: isTold ? job.state : "running", afterwards, ...result },
    ...(latest && { progress: { ...latest, pass: { ...latest.pass }, warnings: [...latest.warnings] } }),
  };
}
