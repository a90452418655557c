import type { Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import { fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { MendPlan, MendReport, MendWish } from "#imaging/mend/mend.ts";
import { planMend } from "#imaging/mend/plan-mend.ts";
import { type MendPhase, type RunMendOptions, runMend } from "#imaging/mend/run-mend.ts";

/** Mends the systems of a disk that a job has just written, as the job's plan says. @throws what planMend and runMend throw */
export const mendWritten = (
  target: MendPlan["target"],
  wish: MendWish,
  options: RunMendOptions,
): Operation<Progress<MendPhase>, MendReport> =>
  async function* (signal) {
    const disk = await findDisk(target.kind === "file" ? target.path : target.id, fileOptions(target));
    const { machine, keys } = options;
    const plan = await planMend(disk, wish, { machine, ...(keys && { keys }), signal });
    return yield* runMend(plan, options)(signal);
  };

/** The same, as a part of a job that shows its own progress. */
export async function mendDisk(
  target: MendPlan["target"],
  wish: MendWish,
  options: RunMendOptions,
  signal: AbortSignal,
): Promise<MendReport> {
  const steps = mendWritten(target, wish, options)(signal);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}
