import { isLifeboatError } from "#base/errors.ts";
import { Job, type Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import { makeStick } from "./make-stick.ts";
import type { StickPhase, StickPlan, StickReport } from "./stick-plan.ts";
import type { StickWork } from "./stick-work.ts";
import { updateStick } from "./update-stick.ts";

/** How it went with one of several sticks. */
export type StickOutcome =
  | { readonly target: string; readonly report: StickReport }
  | { readonly target: string; readonly error: Error };

export const stickOperation = (plan: StickPlan, work: StickWork): Operation<Progress<StickPhase>, StickReport> =>
  plan.kind === "make-stick" ? makeStick(plan, work) : updateStick(plan, work);

/**
 * Several sticks at once: each is a job of its own, and one that fails stops no other. Never rejects but for a fault of ours; a signal ends
 * all of them. Its progress is that of all together.
 */
export const runSticks = (
  plans: readonly StickPlan[],
  work: StickWork,
): Operation<Progress<StickPhase>, StickOutcome[]> =>
  async function* (signal) {
    const jobs = plans.map((plan) => new Job(plan.id, stickOperation(plan, work)));
    const stop = () => {
      for (const job of jobs) job.cancel(isLifeboatError(signal.reason) ? signal.reason : undefined);
    };
    signal.addEventListener("abort", stop, { once: true });
    while (jobs.some((job) => !job.ended)) {
      await Promise.race(jobs.filter((job) => !job.ended).map((job) => job.changed()));
      const all = together(jobs.flatMap(({ latest }) => latest ?? []));
      if (all) yield all;
    }
    signal.removeEventListener("abort", stop);
    const outcomes = await Promise.all(jobs.map((job, i) => outcomeOf(job, plans[i] as StickPlan)));
    signal.throwIfAborted();
    return outcomes;
  };

async function outcomeOf(job: Job<unknown, StickReport>, { target }: StickPlan): Promise<StickOutcome> {
  try {
    return { target: target.path, report: await job.result };
  } catch (error) {
    return { target: target.path, error: error as Error };
  }
}

/** Bytes and rates of all; phase and time left of the one that will be the last. */
export function together(all: readonly Progress<StickPhase>[]): Progress<StickPhase> | undefined {
  const [first] = all;
  if (!first) return undefined;
  const last = all.reduce((a, b) => (share(b) < share(a) ? b : a), first);
  const sum = (of: (one: Progress<StickPhase>) => number) => all.reduce((total, one) => total + of(one), 0);
  const known = all.flatMap(({ secondsLeft }) => secondsLeft ?? []);
  return {
    phase: last.phase,
    pass: {
      number: last.pass.number,
      count: last.pass.count,
      // Those that are ahead have all of this pass behind them.
      doneBytes: sum(({ pass }) => (pass.number > last.pass.number ? last.pass.totalBytes : pass.doneBytes)),
      totalBytes: last.pass.totalBytes * all.length,
    },
    doneBytes: sum(({ doneBytes }) => doneBytes),
    totalBytes: sum(({ totalBytes }) => totalBytes),
    bytesPerSecond: sum(({ bytesPerSecond }) => bytesPerSecond),
    secondsLeft: known.length < all.length ? null : Math.max(...known),
    elapsedSeconds: Math.max(...all.map(({ elapsedSeconds }) => elapsedSeconds)),
    warnings: all.flatMap(({ warnings }) => warnings),
  };
}

const share = ({ doneBytes, totalBytes }: Progress): number => (totalBytes === 0 ? 1 : doneBytes / totalBytes);
