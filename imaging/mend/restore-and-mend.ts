import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { MendReport, MendWish } from "#imaging/mend/mend.ts";
import { planMend } from "#imaging/mend/plan-mend.ts";
import { type RunMendOptions, runMend } from "#imaging/mend/run-mend.ts";
import type { RestorePhase, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { type RunRestoreOptions, runRestore } from "#imaging/restore/run-restore.ts";

export interface RestoreAndMendOptions extends RunRestoreOptions, Pick<RunMendOptions, "machine" | "onStep"> {}

/**
 * Restores an image as a plan says, and then lets the systems on it start, as the plan says too. The disk is whole when the second
 * begins, and that can be done again by itself.
 * @throws what runRestore throws; RESTORED_NOT_MENDED
 */
export const restoreAndMend = (
  plan: RestorePlan,
  options: RestoreAndMendOptions = {},
): Operation<Progress<RestorePhase>, RestoreReport> =>
  async function* (signal) {
    const report = yield* runRestore(plan, options)(signal);
    if (!plan.mend) return report;
    yield new ProgressMeter<RestorePhase>([{ phase: "mend", bytes: 0 }]).enter("mend");
    const { name, path, kind } = plan.target;
    try {
      return { ...report, mend: await mendRestored(plan, plan.mend, options, signal) };
    } catch (error) {
      if (!isLifeboatError(error)) throw error;
      const target = kind === "file" ? path : `${name} (${path})`;
      throw new LifeboatError("RESTORED_NOT_MENDED", { target, problem: error.text }, { cause: error });
    }
  };

async function mendRestored(
  { target }: RestorePlan,
  wish: MendWish,
  { machine, volumeKeys = [], onStep }: RestoreAndMendOptions,
  signal: AbortSignal,
): Promise<MendReport> {
  const disk = await findDisk(target.kind === "file" ? target.path : target.id, fileOptions(target));
  const plan = await planMend(disk, wish, { machine, keys: volumeKeys, signal });
  const steps = runMend(plan, { machine, keys: volumeKeys, ...(onStep && { onStep }) })(signal);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}
