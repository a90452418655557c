import type { Extent } from "#imaging/extent.ts";
import { isPlain } from "#imaging/volume/lvm/classify.ts";
import type { Group, LogicalVolume, Segment } from "#imaging/volume/lvm/group.ts";
import type { Run } from "#imaging/volume/pieced-volume.ts";

/** LVM counts in these, whatever the disk's own sectors are. */
export const SECTOR = 512;

/** Byte ranges of the physical volume that a segment has on it, a stripe each. */
export const areasOf = ({ pv, extentSize }: Group, { areas, count }: Segment): Extent[] =>
  areas
    .filter(({ name }) => name === pv.key)
    .map(({ first }) => {
      const start = (pv.start + first * extentSize) * SECTOR;
      return { start, end: start + (count / areas.length) * extentSize * SECTOR };
    });

/** @throws RangeError when an area leaves the physical volume, or two lie on the same extents. */
export function checkAreas(group: Group): void {
  const { pv, extentSize, lvs } = group;
  const segments = lvs.flatMap((lv) => lv.segments);
  if (segments.some(({ type, texts }) => !isPlain(type) && texts.includes(pv.key)))
    throw new RangeError("a segment of a kind that is not known lies on the disk itself");
  // Without this its volume would be read from nowhere, and what it holds would be left out.
  if (segments.some(({ type, areas }) => isPlain(type) && areas.length === 0))
    throw new RangeError("a segment names no place that it lies at");
  const areas = segments.flatMap((segment) => areasOf(group, segment));
  let end = pv.start * SECTOR;
  for (const area of areas.toSorted((a, b) => a.start - b.start)) {
    if (area.start < end) throw new RangeError("two logical volumes lie on the same extents");
    end = area.end;
  }
  if (end > (pv.start + pv.extents * extentSize) * SECTOR) throw new RangeError("a logical volume leaves the disk");
}

/** Where the bytes of a volume lie. @throws RangeError */
export function runsOf(group: Group, { segments }: LogicalVolume): Run[] {
  const extent = group.extentSize * SECTOR;
  return segments.map((segment) => {
    const size = segment.count * extent;
    if (segment.stripeSize > 0 && (size / segment.areas.length) % (segment.stripeSize * SECTOR) !== 0)
      throw new RangeError("a stripe does not fit its extents");
    return {
      start: segment.start * extent,
      size,
      stripes: areasOf(group, segment).map(({ start }) => start),
      unit: segment.stripeSize === 0 ? size : segment.stripeSize * SECTOR,
    };
  });
}
