import { isLifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
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
}

/**
 * Runs an operation in the foreground and keeps it in the store until it has ended for good. One that stopped for a
 * reason that can pass, or was killed, stays there for `lifeboat resume`.
 */
export async function runJob<P extends Progress, R>(
  { what, work, id }: StorableJob,
  operation: (id: string) => Operation<P, R>,
  store: JobStore,
  output: Output,
): Promise<R> {
  const job = id ?? (await store.begin(what, work));
  if (id !== undefined) await store.update(id, work);
  try {
    const result = await runOperation(work.kind, operation(job), output);
    await store.end(job);
    return result;
  } catch (error) {
    const mayGoOn = obstacleOf(error) !== undefined || isLifeboatError(error, "IMAGE_LOCKED");
    if (mayGoOn && !output.json) output.message(`To go on when that is mended: lifeboat resume ${job}`);
    else if (!mayGoOn) await store.end(job);
    throw error;
  }
}
