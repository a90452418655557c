interface FreeRun {
  readonly first: number;
  readonly count: number;
}

/** Extents of a physical volume that no logical volume has. */
export class FreeExtents {
  #runs: FreeRun[];

  constructor(extents: number) {
    this.#runs = extents > 0 ? [{ first: 0, count: extents }] : [];
  }

  /** What lies behind the end, or nowhere, is none of its business. */
  reserve(first: number | undefined, count: number): void {
    if (first === undefined || count === 0) return;
    const end = first + count;
    this.#runs = this.#runs.flatMap((run) => {
      const runEnd = run.first + run.count;
      if (end <= run.first || first >= runEnd) return [run];
      return [
        { first: run.first, count: first - run.first },
        { first: end, count: runEnd - end },
      ].filter((rest) => rest.count > 0);
    });
  }

  /**
   * Extents in as few pieces as can be: behind `after` where that is free, else in the first run that holds all, else the
   * largest runs. @throws RangeError when so many are not free
   */
  take(count: number, after: number | undefined): FreeRun[] {
    const behind = this.#runs.find(({ first }) => first === after);
    const whole = behind && behind.count >= count ? behind : this.#runs.find((run) => run.count >= count);
    if (whole) return [this.#cut(whole, count)];
    const pieces: FreeRun[] = behind ? [this.#cut(behind, behind.count)] : [];
    let left = count - (behind?.count ?? 0);
    while (left > 0) {
      const [largest] = this.#runs.toSorted((a, b) => b.count - a.count || a.first - b.first);
      if (!largest) throw new RangeError("its volumes need more extents than there are");
      const piece = this.#cut(largest, Math.min(left, largest.count));
      pieces.push(piece);
      left -= piece.count;
    }
    return pieces;
  }

  #cut({ first }: FreeRun, count: number): FreeRun {
    this.reserve(first, count);
    return { first, count };
  }
}
