import type { ExtentList } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import type { Manifest, PartitionInfo } from "#imaging/image/manifest.ts";
import { isSourceDisk, type Restorable } from "#imaging/image/restorable.ts";
import type { PlannedLayout, PlannedPartition } from "#imaging/layout/layout.ts";
import { regionPlaces } from "#imaging/layout/region-places.ts";

/**
 * The image as it would be of a disk with this layout: a restore of it writes every chunk to its new place, and knows
 * nothing of the old one.
 */
export function relocate(image: Restorable, layout: PlannedLayout): Restorable {
  const { manifest, chunkPlace, fetch } = image;
  const places = regionPlaces(manifest, layout);
  const all = image.regions.map(({ start, extents }, i) => ({ start: places[i]?.start ?? start, extents }));
  const written = all.map(({ start, extents }, i) => ({ start, extents: extents.clipped(places[i]?.bytes ?? 0) }));
  const moved = all.map(({ start }, i) => start - (image.regions[i]?.start ?? start));
  // A partition that becomes smaller ends where a window does: placePartitions.
  const isLeftOut = (region: number, window: number) => window * image.chunkSize >= (places[region]?.bytes ?? 0);
  return {
    ...image,
    manifest: relocatedManifest(manifest, layout, written),
    regions: written,
    rawBytes: written.reduce((sum, { extents }) => sum + extents.bytes, 0),
    index: image.index.moved(all),
    ...(isSourceDisk(chunkPlace) && { chunkPlace: { ...chunkPlace, moved } }),
    ...(fetch && { fetch: (table, order) => fetch(table, order, { moved, isLeftOut }) }),
    placement: { regions: all, isLeftOut },
  };
}

/** For who looks at places on the target: what is cleared, saved before, and named in messages. */
function relocatedManifest(
  manifest: Manifest,
  { size, sectorSize, tableType, diskId, partitions }: PlannedLayout,
  written: readonly RegionExtents[],
): Manifest {
  return {
    ...manifest,
    disk: { ...manifest.disk, size, sectorSize },
    table: { ...manifest.table, type: tableType, diskId },
    partitions: partitions.map((one) => partitionInfo(one, manifest)),
    regions: manifest.regions.map((region, i) => {
      const { start, extents } = written[i] as { start: number; extents: ExtentList };
      return { ...region, start, usedBytes: extents.bytes };
    }),
  };
}

function partitionInfo(
  { source, change: _change, made: _made, ...one }: PlannedPartition,
  manifest: Manifest,
): PartitionInfo {
  const filesystem = manifest.partitions.find(({ number }) => number === source)?.filesystem;
  return { ...one, ...(filesystem && { filesystem }) };
}
