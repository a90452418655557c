import type { SparseImage } from "#test/fuzz/sparse-image.ts";

/** A range that a clean run reads, with the places of bytes in it that are not zero. */
export interface HotRange {
  readonly offset: number;
  readonly length: number;
  readonly set: readonly number[];
}

const MOST_RANGES = 512;
const MOST_PLACES = 2048;
/** Of a long range the start counts most: headers stand there. */
const LOOKED_AT = 256 << 10;

/** Where a change can matter: what a parser never reads is not worth changing. */
export function hotRanges(image: SparseImage, reads: readonly (readonly [number, number])[]): HotRange[] {
  const distinct = new Map(reads.filter(([, length]) => length > 0).map((read) => [read.join("+"), read]));
  return [...distinct.values()].slice(0, MOST_RANGES).map(([offset, length]) => {
    const bytes = image.bytes(offset, Math.min(length, LOOKED_AT));
    const set: number[] = [];
    for (let i = 0; i < bytes.length && set.length < 4 * MOST_PLACES; i++) if (bytes[i] !== 0) set.push(offset + i);
    const step = Math.max(1, Math.ceil(set.length / MOST_PLACES));
    return { offset, length, set: set.filter((_, i) => i % step === 0) };
  });
}
