import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import type { Warning } from "#base/progress.ts";
import { type Obstacle, obstacleOf } from "#imaging/job/obstacle.ts";
import { sayError } from "#imaging/words/say-problem.ts";

export interface Endurance<P> {
  /** How long a pause may last before the job fails with what stopped it. 0 = it fails at once. */
  readonly waitMilliseconds: number;
  readonly signal: AbortSignal;
  /** Whether what stopped the job is over. Asked every few seconds. */
  readonly isOver: (obstacle: Obstacle, error: LifeboatError) => Promise<boolean>;
  /** What the user sees meanwhile. */
  readonly paused: (reason: Warning) => P;
  /** Something that grows with every checkpoint: an attempt that brings nothing forward is not repeated for ever. */
  readonly checkpoint: () => number;
}

const POLL_MS = 2000;
/** Attempts in a row that reach no new checkpoint. */
const MOST_FRUITLESS = 5;

/**
 * Runs a job until it ends. Where it fails because a medium is full or away, waits until that is over, and attempts
 * it again: an attempt begins at the last checkpoint, as it would after a power cut.
 * @throws what an attempt throws, when no waiting mends it or the waiting was in vain
 */
export async function* endure<P, R>(
  attempt: () => AsyncGenerator<P, R, undefined>,
  endurance: Endurance<P>,
): AsyncGenerator<P, R, undefined> {
  let fruitless = 0;
  let hasBegun = false;
  for (;;) {
    const before = endurance.checkpoint();
    const steps = attempt();
    try {
      for (let step = await steps.next(); ; step = await steps.next()) {
        if (step.done) return step.value;
        hasBegun = true;
        yield step.value;
      }
    } catch (error) {
      const obstacle = obstacleOf(error);
      fruitless = endurance.checkpoint() > before ? 0 : fruitless + 1;
      // What fails before the first progress is a mistake more often than a mishap: a wrong name is not waited for.
      if (!obstacle || !isLifeboatError(error) || !hasBegun || endurance.signal.aborted || fruitless >= MOST_FRUITLESS)
        throw error;
      yield* waitFor(obstacle, error, endurance);
    } finally {
      await steps.return(undefined as R); // when the consumer ends us
    }
  }
}

async function* waitFor<P>(
  obstacle: Obstacle,
  error: LifeboatError,
  { waitMilliseconds, signal, isOver, paused }: Endurance<P>,
): AsyncGenerator<P, void, undefined> {
  const until = performance.now() + waitMilliseconds;
  const reason = { code: error.code, ...sayError(error) };
  while (performance.now() < until) {
    yield paused(reason);
    await sleep(Math.min(POLL_MS, until - performance.now()), signal);
    if (await isOver(obstacle, error)) return;
  }
  throw error;
}

/** @throws the signal's reason when it is aborted meanwhile */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener("abort", stop);
        resolve();
      },
      Math.max(0, milliseconds),
    );
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
