import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { mendDisk } from "#imaging/mend/mend-written.ts";
import type { RunMendOptions } from "#imaging/mend/run-mend.ts";
import type { RestorePhase, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { type RunRestoreOptions, runRestore } from "#imaging/restore/run-restore.ts";

export interface RestoreAndMendOptions extends RunRestoreOptions, Pick<RunMendOptions, "machine" | "onStep"> {
  /** Everything is on the disk; what is left is `mend` of the plan. */
  readonly onRestored?: () => Promise<void>;
}

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
    await options.onRestored?.();
    yield new ProgressMeter<RestorePhase>([{ phase: "mend", bytes: 0 }]).enter("mend");
    const { name, path, kind } = plan.target;
    try {
      return { ...report, mend: await mendDisk(plan.target, plan.mend, mendOptions(options), signal) };
    } catch (error) {
      if (!isLifeboatError(error)) throw error;
      const target = kind === "file" ? path : `${name} (${path})`;
      throw new LifeboatError("RESTORED_NOT_MENDED", { target, problem: error.text }, { cause: error });
    }
  };

const mendOptions = ({ machine, volumeKeys = [], onStep }: RestoreAndMendOptions): RunMendOptions => ({
  ...{ machine, keys: volumeKeys },
  ...(onStep && { onStep }),
});
