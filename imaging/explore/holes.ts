import type { ExtentList } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";

/** Where the data of an image lies on its disk. Regions are in disk order and do not overlap. */
type Regions = readonly RegionExtents[];

/** The first captured byte at or behind `offset`; undefined when nothing more was captured. */
export function nextData(regions: Regions, offset: number): number | undefined {
  for (let i = firstEndingAfter(regions, offset); i < regions.length; i++) {
    const { start, extents } = regions[i] as RegionExtents;
    const extent = firstExtentEndingAfter(extents, offset - start);
    if (extent < extents.length) return Math.max(offset, start + extents.at(extent).start);
  }
  return undefined;
}

/** The first byte at or behind `offset` that was not captured; `size`, the end, is one. */
export function nextHole(regions: Regions, offset: number, size: number): number {
  let at = offset;
  for (let i = firstEndingAfter(regions, at); i < regions.length; i++) {
    const { start, extents } = regions[i] as RegionExtents;
    for (let e = firstExtentEndingAfter(extents, at - start); e < extents.length; e++) {
      const extent = extents.at(e);
      if (start + extent.start > at) return Math.min(at, size);
      at = start + extent.end;
    }
  }
  return Math.min(at, size);
}

/** The first region with data behind `offset`. One without any data has no place in the order, and is passed over. */
function firstEndingAfter(regions: Regions, offset: number): number {
  const found = regions.findIndex(
    ({ start, extents }) => extents.length > 0 && start + extents.at(extents.length - 1).end > offset,
  );
  return found < 0 ? regions.length : found;
}

function firstExtentEndingAfter(extents: ExtentList, offset: number): number {
  let low = 0;
  let high = extents.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (extents.at(middle).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
