/**
 * What all threads of a capture may spend together on sectors that cannot be read. It crosses threads as it is.
 * `used`, in shared memory: [0] bad sectors seen, [1] microseconds of reads that failed,
 * [2] and [3] the range [from, to) that is passed over without trying, in bytes of the disk.
 */
export interface Budget {
  readonly used: BigInt64Array<SharedArrayBuffer>;
  readonly maxBadSectors: number;
  readonly maxMilliseconds: number;
}

export interface BudgetLimits {
  /** Default 10,000: far more than a disk has that is worth to be read sector by sector. */
  readonly maxBadSectors?: number;
  /** Default 30 minutes. */
  readonly maxMilliseconds?: number;
}

export const createBudget = ({ maxBadSectors = 10_000, maxMilliseconds = 30 * 60_000 }: BudgetLimits = {}): Budget => ({
  used: new BigInt64Array(new SharedArrayBuffer(32)),
  maxBadSectors,
  maxMilliseconds,
});

/** How much work a failing place is still worth. */
export const EFFORT = {
  /** Down to single sectors, with retries. */
  sectors: 0,
  /** Down to 64 KiB; no retries. */
  pieces: 1,
  /** One failing read ends a chunk, and its neighbours are passed over in growing steps. */
  chunks: 2,
} as const;
export type Effort = (typeof EFFORT)[keyof typeof EFFORT];

/** Sectors within the limits, pieces up to twice the limits, whole chunks beyond. */
export function effortLeft({ used, maxBadSectors, maxMilliseconds }: Budget): Effort {
  const sectors = Number(Atomics.load(used, 0)) / maxBadSectors;
  const time = Number(Atomics.load(used, 1)) / 1000 / maxMilliseconds;
  const share = Math.max(sectors, time);
  if (share < 1) return EFFORT.sectors;
  return share < 2 ? EFFORT.pieces : EFFORT.chunks;
}

export function spend({ used }: Budget, sectors: number, milliseconds: number): void {
  Atomics.add(used, 0, BigInt(sectors));
  Atomics.add(used, 1, BigInt(Math.round(milliseconds * 1000)));
}

/** A dead zone costs a failing read for each of these, at the most; behind its end, less than this is left out. */
const MAX_SKIP = 16 << 20;

/** Passes over what follows a chunk that failed: as much as failed so far in a row, up to MAX_SKIP. */
export function skipBehind({ used }: Budget, start: number, end: number): void {
  const from = Number(Atomics.load(used, 2));
  const to = Number(Atomics.load(used, 3));
  const joined = start >= from && start <= to ? from : start;
  // Empty in between: another thread must not see the one end of the old range with the other one of the new.
  Atomics.store(used, 3, 0n);
  Atomics.store(used, 2, BigInt(joined));
  Atomics.store(used, 3, BigInt(end + Math.min(end - joined, MAX_SKIP)));
}

/** Whether a range lies in what is passed over. */
export const isSkipped = ({ used }: Budget, start: number): boolean =>
  start >= Number(Atomics.load(used, 2)) && start < Number(Atomics.load(used, 3));
