import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { clusterOffset, type FatLayout, readLayout } from "#imaging/filesystem/fat/layout.ts";
import { biosParameterBlock, directoryEntry, extension32 } from "#imaging/filesystem/fat/structs.ts";

/**
 * The boot partition: FAT32, divided in two sides. All files of a set lie in the clusters of one side, and nothing of the other one is
 * needed to read them but the boot sector and the first sector of the root directory. So the next set is written into the other side, and
 * one sector switches (docs/adr/0027-sticks.md).
 */
export interface BootVolume {
  readonly layout: FatLayout;
  /** Where each copy of the FAT begins, in bytes. */
  readonly fats: readonly number[];
  readonly sides: readonly [Side, Side];
  /** Bytes: the sector that names the folders at the top. */
  readonly switch: Extent;
  /** Bytes: the root directory's cluster, and the sector of FSInfo. */
  readonly root: Extent;
  readonly info: Extent;
}

/** Clusters, which FAT numbers from 2: [first, end). */
export interface Side {
  readonly first: number;
  readonly end: number;
}

export type SideNumber = 0 | 1;
export const otherSide = (side: SideNumber): SideNumber => (side === 0 ? 1 : 0);

export const CLUSTER_BYTES = 4096;
const ENTRY_BYTES = 4;
/** So many entries of the FAT fill 4096 bytes, what a disk or the kernel writes at once: no such block is of both sides, or of a side and the root. */
const BLOCK_ENTRIES = CLUSTER_BYTES / ENTRY_BYTES;
const ROOT_CLUSTER = 2;

export function sidesOf({ clusters }: Pick<FatLayout, "clusters">): readonly [Side, Side] {
  const first = BLOCK_ENTRIES;
  const each = Math.floor((clusters + 2 - first) / 2 / BLOCK_ENTRIES) * BLOCK_ENTRIES;
  return [
    { first, end: first + each },
    { first: first + each, end: first + 2 * each },
  ];
}

/** @returns undefined for what is no FAT32 of ours, or has not the geometry of one */
export async function readBootVolume(volume: ReadableDevice): Promise<BootVolume | undefined> {
  const layout = await readLayout(volume);
  if (layout?.bits !== 32 || layout.clusterSize !== CLUSTER_BYTES || layout.rootCluster !== ROOT_CLUSTER)
    return undefined;
  if ((layout.clusters + 2) * ENTRY_BYTES > layout.fatLength) return undefined;
  if (layout.sectorSize !== volume.sectorSize || layout.size > volume.size) return undefined;
  const raw = await readBytes(volume, 0, 512);
  const { fats, reservedSectors } = biosParameterBlock.parse(raw);
  const { infoSector } = extension32.parse(raw.subarray(biosParameterBlock.size));
  const firstFat = reservedSectors * layout.sectorSize;
  const root = clusterOffset(layout, ROOT_CLUSTER);
  const isAligned = [firstFat, layout.fatLength, root].every((at) => at % CLUSTER_BYTES === 0);
  const sides = sidesOf(layout);
  if (!isAligned || sides[0].end <= sides[0].first || infoSector === 0 || infoSector >= reservedSectors)
    return undefined;
  return {
    layout,
    fats: Array.from({ length: fats }, (_, i) => firstFat + i * layout.fatLength),
    sides,
    switch: { start: root, end: root + layout.sectorSize },
    root: { start: root, end: root + CLUSTER_BYTES },
    info: { start: infoSector * layout.sectorSize, end: (infoSector + 1) * layout.sectorSize },
  };
}

/** Bytes of the volume in which the files of a side lie. */
export const clustersOf = ({ layout, sides }: BootVolume, side: SideNumber): Extent => ({
  start: clusterOffset(layout, sides[side].first),
  end: clusterOffset(layout, sides[side].end),
});

/** Bytes of the volume with the FAT entries of a side, the last copy first: what is read is the first one. */
export const entriesOf = ({ fats, sides }: BootVolume, side: SideNumber): Extent[] =>
  fats
    .toReversed()
    .map((fat) => ({ start: fat + sides[side].first * ENTRY_BYTES, end: fat + sides[side].end * ENTRY_BYTES }));

export const bytesOfSide = ({ sides: [{ first, end }] }: Pick<BootVolume, "sides">): number =>
  (end - first) * CLUSTER_BYTES;

export interface TopEntry {
  /** As FAT writes it: "BOOT", "DISK~1". */
  readonly name: string;
  readonly cluster: number;
}

const DELETED = 0xe5;
const LONG_NAME = 0x0f;
const VOLUME_LABEL = 0x08;

/** The folders and files that the first sector of the root directory names, and whether that is all of it. */
export async function readTop(
  volume: ReadableDevice,
  { switch: { start, end } }: Pick<BootVolume, "switch">,
): Promise<{ readonly entries: readonly TopEntry[]; readonly isAll: boolean }> {
  const sector = await readBytes(volume, start, end - start);
  const entries: TopEntry[] = [];
  for (let at = 0; at < sector.length; at += directoryEntry.size) {
    const { name, attributes, clusterHigh, clusterLow } = directoryEntry.parse(sector.subarray(at));
    if (name[0] === 0) return { entries, isAll: true };
    if (name[0] === DELETED || (attributes & LONG_NAME) === LONG_NAME || attributes & VOLUME_LABEL) continue;
    entries.push({ name: String.fromCharCode(...name).trimEnd(), cluster: clusterHigh * 0x10000 + clusterLow });
  }
  return { entries, isAll: false };
}

/** The side that all of these begin in; undefined where they do not lie as we make them. */
export function sideOf({ sides }: Pick<BootVolume, "sides">, entries: readonly TopEntry[]): SideNumber | undefined {
  const inSide = (side: SideNumber) =>
    entries.every(({ cluster }) => cluster >= sides[side].first && cluster < sides[side].end);
  if (entries.length === 0) return undefined;
  return inSide(0) ? 0 : inSide(1) ? 1 : undefined;
}
