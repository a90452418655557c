import type { ExtentList } from "#imaging/extent.ts";

/** Allocation bitmaps of ext and NTFS alike: bit 0 of byte 0 is the first unit, 1 means used. */
export interface BitmapPart {
  readonly bitmap: Uint8Array;
  /** How many bits count; what follows is padding. */
  readonly bits: number;
  /** Byte offset on the volume of the unit of bit 0. */
  readonly origin: number;
  /** Bytes of one block or cluster. */
  readonly unit: number;
}

/** Adds one extent for each run of set bits. */
export function addSetBits(extents: ExtentList, { bitmap, bits, origin, unit }: BitmapPart): void {
  let first = nextBit(bitmap, 0, bits, 1);
  while (first < bits) {
    const end = nextBit(bitmap, first, bits, 0);
    extents.add(origin + first * unit, origin + end * unit);
    first = nextBit(bitmap, end, bits, 1);
  }
}

export const testBit = (bitmap: Uint8Array, bit: number): boolean =>
  ((bitmap[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;

/** Index of the next bit of `value` at or after `from`, or `bits`. Whole bytes are skipped: most are all 0 or all 1. */
function nextBit(bitmap: Uint8Array, from: number, bits: number, value: 0 | 1): number {
  const opposite = value === 1 ? 0 : 0xff;
  let at = from;
  while (at < bits) {
    const byte = bitmap[at >>> 3] as number;
    if ((at & 7) === 0 && byte === opposite) at += 8;
    else if (((byte >>> (at & 7)) & 1) === value) return at;
    else at++;
  }
  return bits;
}

export function countSetBits(bitmap: Uint8Array, bits: number): number {
  let sum = 0;
  for (let i = 0; i < bits >>> 3; i++) sum += POPULATION[bitmap[i] as number] as number;
  for (let bit = bits & ~7; bit < bits; bit++) if (testBit(bitmap, bit)) sum++;
  return sum;
}

const POPULATION = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);
