import { formatBytes } from "#base/units.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { filesystemMark } from "#imaging/filesystem/detect.ts";
import { damaged } from "#imaging/filesystem/volume.ts";
import type { ContainerDriver, InnerVolume, OpenContainer } from "#imaging/volume/container.ts";
import { areasOf, checkAreas, runsOf, SECTOR } from "#imaging/volume/lvm/areas.ts";
import { wholeVolumes } from "#imaging/volume/lvm/classify.ts";
import { type Group, readDescription } from "#imaging/volume/lvm/group.ts";
import { type GroupText, type PvLabel, readGroup, readLabel } from "#imaging/volume/lvm/read-metadata.ts";
import { piecedVolume } from "#imaging/volume/pieced-volume.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

/**
 * A physical volume of LVM2: the volumes that lie on it alone are seen through, what others have on it is taken
 * whole, and its free extents are left out.
 */
export const lvm: ContainerDriver = { types: ["LVM2_member"], open };

async function open(volume: ReadableDevice): Promise<OpenContainer | { reason: string }> {
  const found = await readVolumeGroup(volume);
  if ("reason" in found) return found;
  return sane(volume, () => describe(volume, found.group, found.label));
}

/** What a physical volume says of its group. */
export interface VolumeGroup {
  readonly group: Group;
  readonly label: PvLabel;
  readonly text: GroupText;
}

/**
 * @returns a reason, in plain words, when the description cannot be trusted.
 * @throws FILESYSTEM_DAMAGED
 */
export async function readVolumeGroup(volume: ReadableDevice): Promise<VolumeGroup | { reason: string }> {
  const label = await readLabel(volume);
  const text = await readGroup(volume, label);
  if ("reason" in text) return text;
  // Not every tool that makes a file system overwrites the label's sector, and an old label says what is wrong now.
  const other = await filesystemMark(volume);
  if (other) return { reason: `it bears the marks of LVM and of ${other}: which of them is in use cannot be told` };
  return sane(volume, () => {
    const group = readDescription(text.name, text.group, label.uuid);
    const reason = unsafe(group, label, volume);
    if (reason) return { reason };
    checkAreas(group);
    return { group, label, text };
  });
}

function sane<T>(volume: ReadableDevice, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw damaged(volume, "LVM2_member", 0, `the description of its volume group: ${error.message}`);
  }
}

/** Why the description may not say what is on this disk, or not for long. */
function unsafe(group: Group, label: PvLabel, volume: ReadableDevice): string | undefined {
  const { name, pv, extentSize, lvs } = group;
  if (group.status.includes("EXPORTED")) return insideWords["inside.lvm-exported"]({ group: name });
  if (group.missing) return insideWords["inside.lvm-missing"]({ group: name });
  const moved = lvs.find(({ status }) => status.includes("PVMOVE") || status.includes("LOCKED"));
  if (moved) return insideWords["inside.lvm-moving"]({ group: name });
  const end = (pv.start + pv.extents * extentSize) * SECTOR;
  if (Math.max(end, pv.size * SECTOR, label.size) > volume.size)
    return insideWords["inside.lvm-larger"]({ group: name });
  return undefined;
}

function describe(volume: ReadableDevice, group: Group, label: PvLabel): OpenContainer {
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
