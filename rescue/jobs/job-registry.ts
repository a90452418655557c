import { randomUUID } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { problemOf } from "#base/http/problem.ts";
import { Job, type Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import type { RestorePhase, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import type { Job as JobView } from "#rescue/api/contract.ts";

export type RestoreOperation = Operation<Progress<RestorePhase>, RestoreReport>;

/** A job with what is said about it after its end. */
export interface JobEntry {
  readonly id: string;
  readonly plan: RestorePlan;
  /** The disk that the image is read from, if it is one of this machine's. */
  readonly sourceId: string | undefined;
  readonly job: Job<Progress<RestorePhase>, RestoreReport>;
  /** Grows with every change: the event id of the newest state. */
  readonly version: number;
  view(): JobView;
}

export interface JobHooks {
  readonly onStart?: (entry: JobEntry) => void;
  /** Called once, when everything about the job is known. */
  readonly onEnd?: (entry: JobEntry, error: unknown) => void | Promise<void>;
}

/** What work that is no restore needs of this machine's disks. */
export interface Claim {
  /** Ids of the disks that it writes to, and of those that must stay as they are. */
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  /** For people. */
  readonly busy: string;
}

type JobWarning = NonNullable<JobView["progress"]>["warnings"][number];

/** Ended jobs that are kept for pages that come late. */
const MOST_ENDED = 50;

/** All jobs since the start of the server. At most one of them writes to a disk at any time. */
export class JobRegistry {
  readonly #entries = new Map<string, Entry>();
  readonly #reserved = new Set<string>();
  readonly #claims = new Set<Claim>();
  readonly #hooks: JobHooks;

  constructor(hooks: JobHooks = {}) {
    this.#hooks = hooks;
  }

  /**
   * Keeps a target for the caller while it checks and starts a job.
   * @throws JOB_BUSY when a job writes to it, TARGET_IN_USE when a running job reads its image from it
   */
  reserve(targetId: string, name: string): Disposable {
    this.#refuseTarget(targetId, name);
    this.#reserved.add(targetId);
    return { [Symbol.dispose]: () => this.#reserved.delete(targetId) };
  }

  /**
   * Keeps disks for work that is no restore, until it is over.
   * @throws JOB_BUSY when a job writes to one of them, TARGET_IN_USE when a running job reads from one that is to be written to
   */
  claim({ writes, reads, busy }: Claim): Disposable {
    for (const id of writes) this.#refuseTarget(id, busy);
    for (const id of reads) if (this.isTarget(id)) throw new LifeboatError("JOB_BUSY", { device: busy });
    const claim = { writes, reads, busy };
    this.#claims.add(claim);
    return { [Symbol.dispose]: () => this.#claims.delete(claim) };
  }

  /** Starts a job on a target that the caller has reserved. */
  start(plan: RestorePlan, operation: RestoreOperation, sourceId: string | undefined): JobEntry {
    const entry = new Entry(plan, operation, sourceId, this.#hooks);
    this.#entries.set(entry.id, entry);
    this.#forgetOld();
    this.#hooks.onStart?.(entry);
    return entry;
  }

  /** @throws NOT_FOUND */
  get(id: string): JobEntry {
    const entry = this.#entries.get(id);
    if (!entry) throw new LifeboatError("NOT_FOUND", { what: `the job ${id}` });
    return entry;
  }

  /** Newest first. */
  list(): JobEntry[] {
    return [...this.#entries.values()].reverse();
  }

  /** @throws NOT_FOUND */
  cancel(id: string): JobEntry {
    const entry = this.get(id);
    (entry as Entry).cancel();
    return entry;
  }

  /** Whether a job writes to the disk, or is about to. */
  isTarget(diskId: string): boolean {
    return (
      this.#reserved.has(diskId) ||
      this.#running().some((entry) => entry.plan.target.id === diskId) ||
      [...this.#claims].some(({ writes }) => writes.includes(diskId))
    );
  }

  /** Tells all running jobs something that is none of their own doing, such as a battery that gets empty. */
  warn(warning: JobWarning): void {
    for (const entry of this.#running()) entry.warn(warning);
  }

  /** The name of what a job is busy with. */
  busyDisk(): string | undefined {
    return this.#running()[0]?.plan.target.name ?? [...this.#claims][0]?.busy;
  }

  /** Cancels everything and waits until nothing writes any more, and until `onEnd` has done its work. */
  async stop(): Promise<void> {
    for (const entry of this.#running()) entry.cancel();
    await Promise.allSettled([...this.#entries.values()].map((entry) => entry.settled));
  }

  #refuseTarget(id: string, name: string): void {
    if (this.isTarget(id)) throw new LifeboatError("JOB_BUSY", { device: name });
    const isRead =
      this.#running().some((entry) => entry.sourceId === id) ||
      [...this.#claims].some(({ reads }) => reads.includes(id));
    if (isRead) throw new LifeboatError("TARGET_IN_USE", { target: name, by: "a running job reads from it" });
  }

  #running(): Entry[] {
    return [...this.#entries.values()].filter((entry) => !entry.job.ended);
  }

  #forgetOld(): void {
    const ended = [...this.#entries.values()].filter((entry) => entry.job.ended);
    for (const entry of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) this.#entries.delete(entry.id);
  }
}

class Entry implements JobEntry {
  readonly id = randomUUID();
  readonly plan: RestorePlan;
  readonly sourceId: string | undefined;
  readonly job: Job<Progress<RestorePhase>, RestoreReport>;
  readonly settled: Promise<void>;
  version = 0;
  /** Of the machine, beside those of the job. */
  readonly #warnings: JobWarning[] = [];
  #report: RestoreReport | undefined;
  #problem: JobView["problem"];

  constructor(plan: RestorePlan, operation: RestoreOperation, sourceId: string | undefined, hooks: JobHooks) {
    this.plan = plan;
    this.sourceId = sourceId;
    this.job = new Job(this.id, (signal) => this.#observe(operation, signal));
    this.settled = this.job.result.then(
      () => hooks.onEnd?.(this, undefined),
      (error) => hooks.onEnd?.(this, error),
    );
  }

  cancel(): void {
    this.version++;
    this.job.cancel();
  }

  warn(warning: JobWarning): void {
    this.version++;
    this.#warnings.push(warning);
  }

  view(): JobView {
    const { latest, state } = this.job;
    return {
      id: this.id,
      state,
      plan: this.plan,
      progress: latest && { ...latest, warnings: [...latest.warnings, ...this.#warnings] },
      problem: this.#problem,
      report: this.#report && { ...this.#report, warnings: [...this.#report.warnings, ...this.#warnings] },
    };
  }

  /** Report and problem are set before the job says that it has ended, so that no view shows the end without them. */
  async *#observe(operation: RestoreOperation, signal: AbortSignal) {
    const startedAt = new Date();
    try {
      const steps = operation(signal);
      for (;;) {
        const step = await steps.next();
        this.version++;
        if (step.done) {
          this.#report = step.value;
          return step.value;
        }
        yield step.value;
      }
    } catch (error) {
      this.version++;
      const cancelled = signal.aborted;
      this.#problem = problemOf(
        cancelled
          ? new LifeboatError("CANCELLED", { what: `the ${this.plan.kind} to ${this.plan.target.name}` })
          : error,
      );
      this.#report = this.#unfinished(startedAt, cancelled);
      throw error;
    }
  }

  /** What can be said of a restore that gave no report of its own. */
  #unfinished(startedAt: Date, cancelled: boolean): RestoreReport {
    const latest = this.job.latest;
    return {
      kind: this.plan.kind,
      planId: this.plan.id,
      outcome: cancelled ? "cancelled" : "failed",
      startedAt: startedAt.toISOString(),
      seconds: (Date.now() - startedAt.getTime()) / 1000,
      writtenBytes: Math.min(latest?.doneBytes ?? 0, this.plan.writeBytes),
      chunks: 0,
      // A restore that salvages names what is damaged in its warnings.
      damagedChunks: [],
      warnings: [...(latest?.warnings ?? [])],
    };
  }
}
