/** Units of 100 ns between 1601 and 1970. */
const EPOCH = 116_444_736_000_000_000n;

/** @param milliseconds since 1970, as `Date.now()` says @returns FILETIME: units of 100 ns since 1601, UTC */
export const toFiletime = (milliseconds: number): bigint => BigInt(Math.round(milliseconds)) * 10_000n + EPOCH;
