/** Bytes [start, end) of the disk that could not be read, and were filled with zeros. */
export interface BadExtent {
  readonly start: number;
  readonly end: number;
  /**
   * - `bad`: each of its sectors was tried alone, and failed;
   * - `given-up`: a read of it failed, but not every sector was tried;
   * - `not-tried`: passed over, behind a zone that failed.
   */
  readonly state: "bad" | "given-up" | "not-tried";
}

/** In order, merged where they touch and are of one state. */
export function mergeBad(extents: readonly BadExtent[]): BadExtent[] {
  const merged: BadExtent[] = [];
  for (const extent of extents.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && last.end === extent.start && last.state === extent.state)
      merged[merged.length - 1] = { ...last, end: extent.end };
    else merged.push(extent);
  }
  return merged;
}
