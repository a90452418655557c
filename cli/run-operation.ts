import { LifeboatError } from "#base/errors.ts";
import { Job, type Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import type { Output } from "#cli/output.ts";

/** Runs an operation as a job in the foreground: progress on standard error, SIGINT and SIGTERM cancel it. */
export async function runOperation<P extends Progress, R>(
  what: string,
  operation: Operation<P, R>,
  output: Output,
): Promise<R> {
  const job = new Job(what, operation);
  const cancel = () => job.cancel();
  process.on("SIGINT", cancel);
  process.on("SIGTERM", cancel);
  try {
    for await (const progress of job.events()) output.progress(progress);
    return await job.result;
  } catch (error) {
    if (job.state === "cancelled") throw new LifeboatError("CANCELLED", { what }, { cause: error });
    throw error;
  } finally {
    output.endProgress();
    process.off("SIGINT", cancel);
    process.off("SIGTERM", cancel);
  }
}
