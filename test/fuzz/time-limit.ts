import type { Worker } from "node:worker_threads";

const LOOK_EVERY = 250;
/** Milliseconds: the program itself loads its modules and seeds before the first case. */
const START = 60_000;
/** How much longer than its processor time a case may take: the machine has other work, and a case may wait. */
const WALL_FACTOR = 24;

interface Since {
  readonly number: number;
  readonly wall: number;
  /** Milliseconds of processor time of the thread. */
  readonly used: number;
}

/**
 * Complains about a case that takes the thread more than `limit` ms of processor time, or hangs without taking any.
 * @param at [0] the case that the thread is at, -1 before the first
 */
export function watchTime(
  worker: Worker,
  at: Int32Array,
  limit: number,
  complain: (problem: string) => void,
): { stop(): void } {
  let since: Since = { number: Number.NaN, wall: 0, used: 0 };
  const look = async () => {
    const now = { number: at[0] ?? -1, wall: performance.now(), used: await processorTime(worker) };
    const allowed = now.number < 0 ? START : limit;
    if (now.number !== since.number) since = now;
    else if (now.used - since.used > allowed) complain(`it did not end within ${limit} ms`);
    else if (now.wall - since.wall > WALL_FACTOR * allowed)
      complain(`it hangs: no end within ${WALL_FACTOR} x ${limit} ms`);
  };
  const timer = setInterval(() => void look(), LOOK_EVERY);
  return { stop: () => clearInterval(timer) };
}

/** Of the thread alone; 0 when it has just ended. */
async function processorTime(worker: Worker): Promise<number> {
  const used = await worker.cpuUsage().catch(() => undefined);
  return used ? (used.user + used.system) / 1000 : 0;
}
