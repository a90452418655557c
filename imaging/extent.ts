/** A half-open byte range [start, end). */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * A growing list of extents, kept in order and merged where they touch. Two doubles an extent, so that a
 * used-block map costs memory by its fragments and not by the size of the disk.
 */
export class ExtentList {
  #values = new Float64Array(128);
  #length = 0;

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
    if (n + 2 > this.#values.length) {
      const grown = new Float64Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[n] = start;
    this.#values[n + 1] = end;
    this.#length = n + 2;
  }

  at(index: number): Extent {
    if (index < 0 || index >= this.length) throw new RangeError(`extent ${index} of ${this.length}`);
    return { start: this.#values[index * 2] as number, end: this.#values[index * 2 + 1] as number };
  }

  *[Symbol.iterator](): Generator<Extent, void, undefined> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
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

  /** All that is in any of the lists. */
  static union(lists: readonly Iterable<Extent>[]): ExtentList {
    return ExtentList.of(lists.flatMap((list) => [...list]).sort((a, b) => a.start - b.start));
  }

  /** All that is in any of the lists, which are in order: two at a time, and without an object for every extent. */
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
    const merged = new ExtentList();
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

  /** What is in this list and not in the other. */
  subtract(other: ExtentList): ExtentList {
    const rest = new ExtentList();
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
