export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/**
 * Median of the ratios of each round. Both runs of a round met the machine in nearly the same state, so what disturbed
 * a round counts once, for neither side.
 */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) throw new RangeError(`${ours.length} runs against ${theirs.length}`);
  return median(ours.map((value, round) => value / (theirs[round] as number)));
}
