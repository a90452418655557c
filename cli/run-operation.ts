import { LifeboatError } from "#base/errors.ts";
import { Job, type Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import type { Output } from "#cli/output.ts";
import { holdAwake } from "#imaging/system/hold-awake.ts";
import { powerWarning, readPowerSupply } from "#imaging/system/power-supply.ts";

/**
 * Runs an operation as a job in the foreground, its progress on standard error. SIGINT cancels it: the user gives it
 * up. SIGTERM, which a machine that shuts down sends, interrupts it where it `canResume`: what is done so far is kept.
 * @throws CANCELLED, INTERRUPTED
 */
export async function runOperation<P extends Progress, R>(
  what: string,
  operation: Operation<P, R>,
  output: Output,
  { canResume = false }: { canResume?: boolean } = {},
): Promise<R> {
  const job = new Job(what, operation);
  let stoppedBy: "CANCELLED" | "INTERRUPTED" | undefined;
  const stop = (code: "CANCELLED" | "INTERRUPTED") => {
    stoppedBy ??= code;
    job.cancel(new LifeboatError(stoppedBy, { what }));
  };
  const cancel = () => stop("CANCELLED");
  const interrupt = () => stop(canResume ? "INTERRUPTED" : "CANCELLED");
  process.on("SIGINT", cancel);
  process.on("SIGTERM", interrupt);
  try {
    using _awake = await holdAwake(`the ${what} of a disk is running`);
    const warning = powerWarning(await readPowerSupply());
    if (warning) output.tell({ text: `! ${warning.text}`, said: warning.said });
    for await (const progress of job.events()) output.progress(progress);
    return await job.result;
  } catch (error) {
    if (job.state === "cancelled" && stoppedBy) throw new LifeboatError(stoppedBy, { what }, { cause: error });
    throw error;
  } finally {
    output.endProgress();
    process.off("SIGINT", cancel);
    process.off("SIGTERM", interrupt);
  }
}
