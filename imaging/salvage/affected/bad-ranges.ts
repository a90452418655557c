import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";

/** Bytes of a volume that could not be read, to ask what lies on them. */
export class BadRanges {
  readonly #ranges: ExtentList;

  constructor(extents: Iterable<Extent>) {
    this.#ranges = ExtentList.union([extents]);
  }

  get bytes(): number {
    return this.#ranges.bytes;
  }

  /** Bytes of [start, end) that are bad. */
  overlap(start: number, end: number): number {
    let sum = 0;
    for (const range of this.within(start, end)) sum += range.end - range.start;
    return sum;
  }

  /** The bad parts of [start, end), in order. */
  *within(start: number, end: number): Generator<Extent, void, undefined> {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ranges.at(middle).end > start) high = middle;
      else low = middle + 1;
    }
    for (; low < this.#ranges.length; low++) {
      const range = this.#ranges.at(low);
      if (range.start >= end) return;
      yield { start: Math.max(range.start, start), end: Math.min(range.end, end) };
    }
  }

  /** Part by part: good ones and bad ones. */
  *parts(start: number, end: number): Generator<Extent & { readonly isBad: boolean }, void, undefined> {
    let at = start;
    for (const range of this.within(start, end)) {
      if (range.start > at) yield { start: at, end: range.start, isBad: false };
      yield { ...range, isBad: true };
      at = range.end;
    }
    if (at < end) yield { start: at, end, isBad: false };
  }
}

/** The volume with zeros where it is bad. Bad places are not read again: each try may take a disk seconds. */
export const withHoles = (volume: ReadableDevice, bad: BadRanges): ReadableDevice => ({
  path: volume.path,
  size: volume.size,
  sectorSize: volume.sectorSize,
  async read(into, offset) {
    for (const { start, end, isBad } of bad.parts(offset, offset + into.length)) {
      const part = into.subarray(start - offset, end - offset);
      if (isBad) part.fill(0);
      else await volume.read(part, start);
    }
  },
});
