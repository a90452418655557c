import { formatBytes } from "#base/units.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { filesystemMark } from "#imaging/filesystem/detect.ts";
import { damaged } from "#imaging/filesystem/volume.ts";
import type { ContainerDriver, InnerVolume, OpenContainer } from "#imaging/volume/container.ts";
import { isPlain, wholeVolumes } from "#imaging/volume/lvm/classify.ts";
import { type Group, type LogicalVolume, readDescription, type Segment } from "#imaging/volume/lvm/group.ts";
import { type PvLabel, readGroup, readLabel } from "#imaging/volume/lvm/read-metadata.ts";
import { piecedVolume, type Run } from "#imaging/volume/pieced-volume.ts";

/** LVM counts in these, whatever the disk's own sectors are. */
const SECTOR = 512;

/**
 * A physical volume of LVM2: the volumes that lie on it alone are seen through, what others have on it is taken
 * whole, and its free extents are left out.
 */
export const lvm: ContainerDriver = { types: ["LVM2_member"], open };

async function open(volume: ReadableDevice): Promise<OpenContainer | { reason: string }> {
  const label = await readLabel(volume);
  const found = await readGroup(volume, label);
  if ("reason" in found) return found;
  // Not every tool that makes a file system overwrites the label's sector, and an old label says what is wrong now.
  const other = await filesystemMark(volume);
  if (other) return { reason: `it bears the marks of LVM and of ${other}: which of them is in use cannot be told` };
  try {
    const group = readDescription(found.name, found.group, label.uuid);
    const reason = unsafe(group, label, volume);
    return reason ? { reason } : describe(volume, group, label);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw damaged(volume, "LVM2_member", 0, `the description of its volume group: ${error.message}`);
  }
}

/** Why the description may not say what is on this disk, or not for long. */
function unsafe(group: Group, label: PvLabel, volume: ReadableDevice): string | undefined {
  const { name, pv, extentSize, lvs } = group;
  if (group.status.includes("EXPORTED")) return `the LVM volume group ${name} was exported`;
  if (group.missing) return `a disk of the LVM volume group ${name} was missing`;
  const moved = lvs.find(({ status }) => status.includes("PVMOVE") || status.includes("LOCKED"));
  if (moved) return `LVM was moving data of ${name} from one disk to another`;
  const end = (pv.start + pv.extents * extentSize) * SECTOR;
  if (Math.max(end, pv.size * SECTOR, label.size) > volume.size)
    return `the LVM volume group ${name} was made on a larger disk`;
  return undefined;
}

/** Byte ranges of the physical volume that a segment has on it, a stripe each. */
const areasOf = ({ pv, extentSize }: Group, { areas, count }: Segment): Extent[] =>
  areas
    .filter(({ name }) => name === pv.key)
    .map(({ first }) => {
      const start = (pv.start + first * extentSize) * SECTOR;
      return { start, end: start + (count / areas.length) * extentSize * SECTOR };
    });

function describe(volume: ReadableDevice, group: Group, label: PvLabel): OpenContainer {
  checkAreas(group);
  const { pv, extentSize, lvs } = group;
  const reasons = wholeVolumes(group);
  const inner: InnerVolume[] = [];
  const whole = new Map<string, Extent[]>();
  for (const lv of lvs) {
    const reason = reasons.get(lv.name);
    if (reason === undefined) inner.push(piecedVolume(volume, `${group.name}/${lv.name}`, runsOf(group, lv)));
    else whole.set(reason, lv.segments.flatMap((segment) => areasOf(group, segment)).concat(whole.get(reason) ?? []));
  }
  const data = { start: pv.start * SECTOR, end: (pv.start + pv.extents * extentSize) * SECTOR };
  const around = [{ start: 0, end: data.start }, { start: data.end, end: volume.size }, ...label.metadataAreas];
  return {
    always: ExtentList.union([around, ...whole.values()]),
    inner,
    notes: [...whole].filter(([, extents]) => extents.length > 0).map(([reason, extents]) => note(reason, extents)),
  };
}

const note = (reason: string, extents: readonly Extent[]) =>
  `${reason}: all of its ${formatBytes(extents.reduce((sum, { start, end }) => sum + end - start, 0))} here are captured`;

/** @throws RangeError when an area leaves the physical volume, or two lie on the same extents. */
function checkAreas(group: Group): void {
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

function runsOf(group: Group, { segments }: LogicalVolume): Run[] {
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
