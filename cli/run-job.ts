import { type ErrorCode, isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import { KeptJob } from "#cli/kept-job.ts";
import type { Output } from "#cli/output.ts";
import { runOperation } from "#cli/run-operation.ts";
import type { JobStore, Work } from "#imaging/job/job-store.ts";
import { obstacleOf } from "#imaging/job/obstacle.ts";

export interface StorableJob {
  /** "capture of /dev/sda into /mnt/office.lbi" */
  readonly what: string;
  readonly work: Work;
  /** The stored job that this one goes on with. */
  readonly id?: string | undefined;
  /** What is done so far stays also when the user cancels it: a capture that goes on with one of before. */
  readonly outlastsCancel?: boolean;
}

/** Why a job cannot be taken up now: it is as it was, and can be later. */
const REFUSALS: readonly ErrorCode[] = [
  "CANCELLED",
  "INTERRUPTED",
  "JOB_BUSY",
  "IMAGE_LOCKED",
  "IMAGE_UNLOCK_FAILED",
  "UNLOCK_FAILED",
  "PAIRING_REFUSED",
  "PAIRING_CODE_MISSING",
  "PEER_BUSY",
  "PEER_INVALID",
  "PASSWORD_MISSING",
  "KEY_INVALID",
  "SOURCE_IN_USE",
  "SOURCE_EMPTY",
  "TARGET_IN_USE",
  "TARGET_READ_ONLY",
  "VOLUME_MISSING",
  "NOT_FOUND",
  "OPEN_FAILED",
  "CREATE_FAILED",
  "RENAME_FAILED",
  "READ_FAILED",
  "TOOL_MISSING",
  "TOOL_FAILED",
  "SCRATCH_FAILED",
];

/**
 * Runs an operation in the foreground and keeps it in the store until it has ended for good. One that stopped for a
 * reason that can pass, or was killed, stays there for `lifeboat resume`.
 * @throws KeptJob with what stopped it, when it can be gone on with; what the operation throws otherwise
 */
export async function runJob<P extends Progress, R>(
  { what, work, id, outlastsCancel = false }: StorableJob,
  operation: (id: string) => Operation<P, R>,
  store: JobStore,
  output: Output,
): Promise<R> {
  const job = id ?? (await store.begin(what, work));
  if (id !== undefined) await store.update(id, work);
  let hasBegun = false;
  const run: Operation<P, R> = async function* (signal) {
    const steps = operation(job)(signal);
    for (let step = await steps.next(); ; step = await steps.next()) {
      if (step.done) return step.value;
      hasBegun = true;
      yield step.value;
    }
  };
  try {
    const result = await runOperation(work.kind, run, output, { canResume: true });
    await forget(store, job);
    return result;
  } catch (error) {
    const stays = hasBegun ? staysAfter(error, outlastsCancel) : id !== undefined && isRefused(error);
    if (isLifeboatError(error) && stays) throw new KeptJob(job, error);
    await forget(store, job);
    // Nothing was done yet that could be kept.
    if (isLifeboatError(error, "INTERRUPTED"))
      throw new LifeboatError("CANCELLED", { what: work.kind }, { cause: error });
    throw error;
  }
}

const isRefused = (error: unknown): boolean =>
  isLifeboatError(error) && (REFUSALS.includes(error.code) || obstacleOf(error) !== undefined);

/** Whether a job that had begun can go on after this. A fault of ours is none of the job's. */
function staysAfter(error: unknown, outlastsCancel: boolean): boolean {
  if (isLifeboatError(error, "CANCELLED")) return outlastsCancel;
  if (isLifeboatError(error, "PAIRING_REFUSED")) return true; // the other side was started again
  if (isLifeboatError(error, "RESTORED_NOT_MENDED")) return true; // its second part is left
  return isLifeboatError(error, "INTERRUPTED") || isLifeboatError(error, "INTERNAL") || obstacleOf(error) !== undefined;
}

/** A note that cannot be removed makes no finished job a failed one, and hides no other error. */
const forget = (store: JobStore, job: string): Promise<void> => store.end(job).catch(() => undefined);
