import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { MendReport, MendWish } from "#imaging/mend/mend.ts";
import { mendDisk } from "#imaging/mend/mend-written.ts";
import type { MendPhase, RunMendOptions } from "#imaging/mend/run-mend.ts";
import type { EditPlan, EditReport } from "#imaging/partition/edit-plan.ts";
import { type EditPhase, resumeMove, runEdits } from "#imaging/partition/run-edits.ts";

type Phase = EditPhase | MendPhase;

/**
 * Changes partitions as a plan says, and then lets the systems on them start, as the plan says too.
 * @throws what runEdits throws; CHANGED_NOT_MENDED
 */
export const editAndMend = (plan: EditPlan, options: RunMendOptions = {}): Operation<Progress<Phase>, EditReport> =>
  async function* (signal) {
    const report = yield* runEdits(plan)(signal);
    if (!plan.mend) return report;
    yield MENDING();
    return { ...report, mend: await mendChanged(plan.target, plan.mend, options, signal) };
  };

/** Finishes a move that was interrupted, and what was to be done after it. @throws NOT_FOUND, CHANGED_NOT_MENDED */
export const resumeAndMend = (
  target: EditPlan["target"],
  options: RunMendOptions & { readonly bootRepair: boolean },
): Operation<Progress<Phase>, { number: number; mend?: MendReport }> =>
  async function* (signal) {
    const { number, mend } = yield* resumeMove(target)(signal);
    if (!mend || !options.bootRepair) return { number };
    yield MENDING();
    return { number, mend: await mendChanged(target, mend, options, signal) };
  };

const MENDING = () => new ProgressMeter<MendPhase>([{ phase: "mend", bytes: 0 }]).enter("mend");

async function mendChanged(
  target: EditPlan["target"],
  wish: MendWish,
  options: RunMendOptions,
  signal: AbortSignal,
): Promise<MendReport> {
  try {
    return await mendDisk(target, wish, options, signal);
  } catch (error) {
    if (!isLifeboatError(error)) throw error;
    throw new LifeboatError("CHANGED_NOT_MENDED", { target: target.path, problem: error.text }, { cause: error });
  }
}
