/** A half-open byte range [start, end). */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Extents that a covering list holds at the most: 8 MiB of memory, and as much of an image before compression. */
export const MOST_EXTENTS = 1 << 19;

/**
 * A growing list of extents, kept in order and merged where they touch. Two doubles an extent, so that a
 * used-block map costs memory by its fragments and not by the size of the disk.
 *
 * A list is exact, unless it was made by `covering`: such a list has a bound, at which its smallest gaps are closed.
 * It may then hold more than was added to it, and never less. That is right for what is captured, and for nothing
 * that is left out, subtracted or reported as bad.
 */
export class ExtentList {
  #values: Float64Array<ArrayBuffer>;
  #length = 0;
  #most = Number.POSITIVE_INFINITY;

  /** An empty, exact list. @param room extents that it is known to get; it grows beyond them */
  constructor(room = 8) {
    this.#values = new Float64Array(Math.max(1, room) * 2);
  }

  /** An empty list of used blocks. @param most extents that it may hold, at least 2 */
  static covering(most = MOST_EXTENTS): ExtentList {
    const list = new ExtentList();
    list.#most = Math.max(2, most);
    return list;
  }

  get length(): number {
    return this.#length / 2;
  }

  /** Adds [start, end). @throws RangeError when it lies before the last extent's start (callers map in order). */
  add(start: number, end: number): void {
    if (end <= start) return;
    const n = this.#length;
    const lastEnd = n > 0 ? (this.#values[n - 1] as number) : -1;
    if (n > 0 && start < (this.#values[n - 2] as number)) throw new RangeError("extents must be added in order");
    if (start <= lastEnd) {
      this.#values[n - 1] = Math.max(lastEnd, end);
      return;
    }
    if (n + 2 > this.#most * 2) {
      this.coarsen(this.#most / 2);
      this.add(start, end);
      return;
    }
    if (n + 2 > this.#values.length) {
      const grown = new Float64Array(Math.min(this.#values.length * 2, Math.max(n + 2, this.#most * 2)));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[n] = start;
    this.#values[n + 1] = end;
    this.#length = n + 2;
  }

  /** Closes the smallest gaps, and of equal ones the first, until at most `most` extents are left. */
  coarsen(most: number): void {
    const close = this.length - Math.max(1, Math.floor(most));
    if (close <= 0) return;
    const values = this.#values;
    const gaps = new Float64Array(this.length - 1);
    for (let i = 0; i < gaps.length; i++) gaps[i] = (values[2 * i + 2] as number) - (values[2 * i + 1] as number);
    gaps.sort();
    const widest = gaps[close - 1] as number;
    let equal = close - gaps.indexOf(widest);
    let to = 1;
    for (let i = 0; i < gaps.length; i++) {
      const gap = (values[2 * i + 2] as number) - (values[2 * i + 1] as number);
      if (gap < widest || (gap === widest && equal-- > 0)) values[to] = values[2 * i + 3] as number;
      else {
        values[to + 1] = values[2 * i + 2] as number;
        values[to + 2] = values[2 * i + 3] as number;
        to += 2;
      }
    }
    this.#length = to + 1;
    if (this.#length * 4 < values.length) this.#values = values.slice(0, this.#length);
  }

  at(index: number): Extent {
    if (index < 0 || index >= this.length) throw new RangeError(`extent ${index} of ${this.length}`);
    return { start: this.#values[index * 2] as number, end: this.#values[index * 2 + 1] as number };
  }

  *[Symbol.iterator](): Generator<Extent, void, undefined> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  /** Whether it may hold more than was added to it. */
  get isCovering(): boolean {
    return this.#most !== Number.POSITIVE_INFINITY;
  }

  /** What of it lies before `size`. */
  clipped(size: number): ExtentList {
    if (this.#length === 0 || (this.#values[this.#length - 1] as number) <= size) return this;
    const clipped = ExtentList.covering(this.#most);
    for (const { start, end } of this) if (start < size) clipped.add(start, Math.min(end, size));
    return clipped;
  }

  /** The same extents in another place. */
  moved(by: number): ExtentList {
    const moved = ExtentList.covering(this.#most);
    for (const { start, end } of this) moved.add(start + by, end + by);
    return moved;
  }

  /** Starts and ends in turn, as they lie in memory: a view, to hash or copy a list without an object an extent. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  get bytes(): number {
    let sum = 0;
    for (let i = 0; i < this.#length; i += 2) sum += (this.#values[i + 1] as number) - (this.#values[i] as number);
    return sum;
  }

  /** Whether one extent holds all of [start, end). */
  covers(start: number, end: number): boolean {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle).end > start) high = middle;
      else low = middle + 1;
    }
    return low < this.length && this.at(low).start <= start && this.at(low).end >= end;
  }

  static of(extents: Iterable<Extent>): ExtentList {
    const list = new ExtentList();
    for (const { start, end } of extents) list.add(start, end);
    return list;
  }

  /** All that is in any of the lists, exactly. */
  static union(lists: readonly Iterable<Extent>[]): ExtentList {
    return ExtentList.of(lists.flatMap((list) => [...list]).sort((a, b) => a.start - b.start));
  }

  /**
   * All that is in any of the lists, which are in order: two at a time, and without an object for every extent. Where
   * one of them is covering, the result is.
   */
  static merge(lists: readonly ExtentList[]): ExtentList {
    let rest = lists;
    while (rest.length > 1)
      rest = Array.from({ length: Math.ceil(rest.length / 2) }, (_, i) => {
        const [one, other] = rest.slice(i * 2, i * 2 + 2);
        return one && other ? one.#mergedWith(other) : (one ?? new ExtentList());
      });
    return rest[0] ?? new ExtentList();
  }

  #mergedWith(other: ExtentList): ExtentList {
    const merged = ExtentList.covering(Math.min(this.#most, other.#most));
    const [a, b] = [this.#values, other.#values];
    let [i, j] = [0, 0];
    while (i < this.#length || j < other.#length) {
      const fromThis = j >= other.#length || (i < this.#length && (a[i] as number) <= (b[j] as number));
      if (fromThis) merged.add(a[i] as number, a[i + 1] as number);
      else merged.add(b[j] as number, b[j + 1] as number);
      if (fromThis) i += 2;
      else j += 2;
    }
    return merged;
  }

  /** What is in this list and not in the other, which must be exact; a covering list gives a covering one. */
  subtract(other: ExtentList): ExtentList {
    const rest = ExtentList.covering(this.#most);
    let next = 0;
    for (const { start, end } of this) {
      let at = start;
      while (next < other.length && other.at(next).end <= start) next++;
      // The last hole may reach into this list's next extent too, so `next` stays at it.
      for (let i = next; i < other.length && other.at(i).start < end; i++) {
        rest.add(at, other.at(i).start);
        at = Math.max(at, other.at(i).end);
        next = i;
      }
      rest.add(at, end);
    }
    return rest;
  }
}
