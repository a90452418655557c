/** Clusters [vcn, vcn + length) of a value lie at cluster `lcn`; undefined: sparse, they read as zeros. */
export interface Run {
  readonly vcn: number;
  readonly lcn: number | undefined;
  readonly length: number;
}

/**
 * Decodes mapping pairs (ntfs-3g, runlist.c): a byte with two sizes, a length, and a signed distance from the run before.
 * @returns undefined when they are cut off, point outside [0, clusters), or are longer than the volume.
 */
export function decodeRuns(pairs: Uint8Array, firstVcn: number, clusters: number): Run[] | undefined {
  const runs: Run[] = [];
  let vcn = firstVcn;
  let previous = 0;
  let at = 0;
  for (;;) {
    const sizes = pairs[at];
    if (sizes === undefined) return undefined;
    if (sizes === 0) return runs;
    const lengthSize = sizes & 0xf;
    const distanceSize = sizes >>> 4;
    if (lengthSize === 0 || lengthSize > 8 || distanceSize > 8) return undefined;
    if (at + 1 + lengthSize + distanceSize > pairs.length) return undefined;
    const length = signed(pairs.subarray(at + 1, at + 1 + lengthSize));
    if (length <= 0 || vcn + length > clusters) return undefined;
    const sparse = distanceSize === 0;
    if (!sparse) previous += signed(pairs.subarray(at + 1 + lengthSize, at + 1 + lengthSize + distanceSize));
    if (!sparse && (previous < 0 || previous + length > clusters)) return undefined;
    runs.push({ vcn, lcn: sparse ? undefined : previous, length });
    vcn += length;
    at += 1 + lengthSize + distanceSize;
  }
}

/** Two's complement, little-endian, 1 to 8 bytes. */
function signed(bytes: Uint8Array): number {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  return Number(BigInt.asIntN(bytes.length * 8, value));
}
