import type { Manifest, Region } from "#imaging/image/manifest.ts";
import type { PlannedLayout } from "#imaging/layout/layout.ts";

/** Where a region of an image goes on a target with another layout, and how many bytes of it from its start. */
export interface RegionPlace {
  readonly start: number;
  readonly bytes: number;
}

/**
 * A place for each region, in their order; undefined for what has none there: partitions that are not restored, what is
 * made anew by its own tools, and boot loaders' gaps that are no gaps there. Of a partition that becomes smaller the part
 * behind its new end has none.
 */
export const regionPlaces = (manifest: Manifest, layout: PlannedLayout): (RegionPlace | undefined)[] =>
  manifest.regions.map((region) => placeOf(region, manifest, layout));

function placeOf(region: Region, manifest: Manifest, layout: PlannedLayout): RegionPlace | undefined {
  // Tables are made for the layout; what is at their places counts as theirs.
  if (region.kind === "table") return undefined;
  if (region.kind === "gap") return gapPlace(region, manifest, layout);
  const partition = layout.partitions.find(({ source }) => source !== undefined && source === region.partition);
  const before = manifest.partitions.find(({ number }) => number === region.partition);
  if (!partition || !before || partition.change === "remake") return undefined;
  const offset = region.start - before.start;
  const start = partition.start + offset;
  if (region.kind === "tail") return partition.change === "none" ? { start, bytes: region.size } : undefined;
  return { start, bytes: Math.min(region.size, partition.size - offset) };
}

/** Code in front of the first partition stays where the firmware or the MBR's code looks for it, on a table of its kind. */
function gapPlace({ start, size }: Region, manifest: Manifest, layout: PlannedLayout): RegionPlace | undefined {
  const isSameKind = layout.tableType === manifest.table.type && layout.sectorSize === manifest.disk.sectorSize;
  const first = Math.min(...layout.partitions.map((one) => one.start));
  return isSameKind && start + size <= first ? { start, bytes: size } : undefined;
}
