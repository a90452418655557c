import { type Extent, ExtentList } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";

/** As much of a gap between two runs is written with zeros: imaging/worker/packed-runs.ts. */
const WRITTEN_GAP = 32 << 10;

/** What is written to a disk, and of each region what it is. */
export interface WrittenRegions {
  readonly manifest: { readonly regions: readonly { readonly kind: string }[] };
  readonly regions: readonly RegionExtents[];
}

/** All that a restore may write to: what it clears, tables, and the used blocks of the image with the small gaps in them. */
export function overwrittenExtents(
  { manifest, regions }: WrittenRegions,
  cleared: readonly Extent[],
  size: number,
): ExtentList {
  const data = regions
    .filter((_, i) => manifest.regions[i]?.kind !== "table")
    .map(({ start, extents }) => withoutGaps(extents.moved(start)));
  return ExtentList.merge([ExtentList.union([cleared]), ...data]).clipped(size);
}

function withoutGaps(extents: ExtentList): ExtentList {
  const closed = new ExtentList();
  let last: Extent | undefined;
  for (const { start, end } of extents) {
    const before: Extent | undefined = last;
    if (before && start - before.end <= WRITTEN_GAP) last = { start: before.start, end };
    else {
      if (before) closed.add(before.start, before.end);
      last = { start, end };
    }
  }
  if (last) closed.add(last.start, last.end);
  return closed;
}
