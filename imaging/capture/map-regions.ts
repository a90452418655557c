import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { placed } from "#imaging/capture/capture-warnings.ts";
import { type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import { bootGaps, endOfDisk } from "#imaging/disk/gaps.ts";
import type { TableProblemCode } from "#imaging/disk/partition-table.ts";
import { ExtentList, MOST_EXTENTS } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import type { Region } from "#imaging/image/manifest.ts";
import type { DiskSurvey, SurveyedVolume } from "#imaging/inventory/survey-disk.ts";
import type { Unlock } from "#imaging/volume/container.ts";
import { openDynamicDisk } from "#imaging/volume/ldm/dynamic-disk.ts";
import { mapInside, mapVolume, type VolumeMap, type VolumeOptions } from "#imaging/volume/map-volume.ts";
import { firmwareRaid } from "#imaging/volume/raid/firmware.ts";
import { regionWords } from "#imaging/words/region-words.ts";

/** A part of the disk that goes into the image, and the bytes of it that hold data. */
export interface MappedRegion {
  readonly region: Region;
  readonly extents: ExtentList;
  /** What the user should know of it. */
  readonly warnings?: readonly Sentence[];
}

/** A table with one of these does not say reliably where all partitions lie: the disk is taken as it is. */
const UNRELIABLE: readonly TableProblemCode[] = [
  "PARTITIONS_OVERLAP",
  "PARTITION_OVER_TABLE",
  "PARTITION_INVALID",
  "LOGICAL_OUTSIDE_EXTENDED",
  "EBR_DAMAGED",
  "GPT_COPIES_DIFFER",
  "PARTITION_BEYOND_END",
];

/** MBR, GPT metadata, GPT data: volumes of a dynamic disk lie where its database says, not where partitions are. */
const DYNAMIC_DISK: readonly string[] = [
  "0x42",
  "5808c8aa-7e8f-42e0-85d2-e1e90434cfb3",
  "af9b60a0-1431-4f62-bc68-3311714a69ad",
];

export interface MapOptions {
  /** Numbers of partitions to leave out: they get no region. */
  readonly exclude?: readonly number[];
  /** Keys for a partition, 0 for the whole disk. */
  readonly unlock?: (partition: number) => Unlock;
  /** Leave out the content of Windows' page and hibernation files. */
  readonly leaveOutPageFiles?: boolean;
}

/**
 * Divides a disk into the regions of an image, in disk order: partition tables, the gaps that boot loaders use,
 * the used blocks of every file system, the tail behind it, and the end of the disk.
 * @throws USAGE when a partition to leave out is not there, or cannot be told apart; UNLOCK_FAILED
 */
export async function mapRegions(
  device: ReadableDevice,
  survey: DiskSurvey,
  options: MapOptions = {},
): Promise<MappedRegion[]> {
  const { exclude = [], unlock = () => ({ keys: [] }), leaveOutPageFiles = false } = options;
  const reason = await wholeDiskReason(device, survey);
  const isDynamic = survey.table.partitions.some((p) => DYNAMIC_DISK.includes(p.type));
  checkExclusions(survey, exclude, reason ?? (isDynamic ? "it is a Windows dynamic disk" : undefined));
  if (reason) return [wholeDisk(device, reason)];
  if (isDynamic) return [await dynamicDisk(device, { keys: [], leaveOutPageFiles })];

  const regions = [
    ...survey.table.metadata.map(({ start, end }, i) => full("table", tableLabel(survey.table.type, i), start, end)),
    ...bootGaps(survey.table, device.size).map(({ start, end }) => full("gap", regionWords["region.gap"], start, end)),
    ...endOfDisk(survey.table, device.size).map(({ start, end }) => full("gap", regionWords["region.end"], start, end)),
  ];
  for (const volume of survey.volumes) {
    if (volume.info.role !== "extended" && !exclude.includes(volume.info.number))
      regions.push(...(await mapPartition(device, volume, { ...unlock(volume.info.number), leaveOutPageFiles })));
    boundExtents(regions);
  }
  return regions.map(withUsedBytes).toSorted((a, b) => a.region.start - b.region.start);
}

/** A map is bounded, and so are all maps of a disk together: the largest one is coarsened first. */
function boundExtents(regions: readonly MappedRegion[]): void {
  const count = () => regions.reduce((sum, { extents }) => sum + extents.length, 0);
  while (count() > MOST_EXTENTS) {
    const lengths = regions.map(({ extents }) => extents.length);
    const largest = Math.max(...lengths);
    regions[lengths.indexOf(largest)]?.extents.coarsen(largest / 2);
  }
}

const withUsedBytes = (mapped: MappedRegion): MappedRegion => ({
  ...mapped,
  region: { ...mapped.region, usedBytes: mapped.extents.bytes },
});

/** Why the places of partitions say nothing certain about what is on the disk. */
async function wholeDiskReason(device: ReadableDevice, { table, volumes }: DiskSurvey): Promise<string | undefined> {
  const unreliable = table.problems.find((p) => UNRELIABLE.includes(p.code));
  if (unreliable) return unreliable.text;
  if (table.type !== "none" && volumes.some(({ info }) => info.number === 0)) return regionWords["whole.empty-table"];
  const raid = await firmwareRaid(device);
  if (raid) return regionWords["whole.raid"]({ raid });
  return volumes.length === 0 && table.type === "none" ? regionWords["whole.unknown"] : undefined;
}

function checkExclusions(survey: DiskSurvey, exclude: readonly number[], whole: string | undefined): void {
  for (const number of exclude) {
    const partition = survey.volumes.find(({ info }) => info.number === number && number > 0)?.info;
    if (!partition) throw new LifeboatError("USAGE", { problem: `there is no partition ${number} to leave out` });
    if (partition.role === "extended")
      throw new LifeboatError("USAGE", {
        problem: `partition ${number} only holds others: name those that are to be left out`,
      });
    if (whole)
      throw new LifeboatError("USAGE", {
        problem: `partition ${number} cannot be left out, because the disk is taken as a whole: ${whole}`,
      });
  }
}

async function dynamicDisk(device: ReadableDevice, options: VolumeOptions): Promise<MappedRegion> {
  const opened = await openDynamicDisk(device);
  if ("reason" in opened) return wholeDisk(device, regionWords["whole.dynamic"]({ why: opened.reason }));
  const map = await mapInside(device, opened, options);
  return mappedRegion("disk", regionWords["region.dynamic-disk"], 0, device.size, undefined, map);
}

/** Metadata is in disk order: the GPT's backup comes last, and only an MBR has extended boot records. */
const tableLabel = (type: string, index: number): string =>
  regionWords[index === 0 ? "region.table" : type === "gpt" ? "region.backup-table" : "region.extended"];

export const regionExtents = (regions: readonly MappedRegion[]): RegionExtents[] =>
  regions.map(({ region, extents }) => ({ start: region.start, extents }));

async function mapPartition(
  device: ReadableDevice,
  { info, filesystem }: SurveyedVolume,
  options: VolumeOptions,
): Promise<MappedRegion[]> {
  const size = Math.min(info.size, device.size - info.start);
  if (size <= 0) return [];
  const { number } = info;
  const map = await mapVolume(slice(device, info.start, size), filesystem, options);
  // A file system larger than its partition was cut off at some time: only what is there can be read.
  const covered = map.mode === "raw" || !filesystem ? size : Math.min(filesystem.size, size);
  const volume = mappedRegion("volume", labelOf(number, filesystem?.type), info.start, covered, number, map);
  // What lies behind a file system is part of the partition, such as NTFS's backup boot sector; behind swap is nothing.
  if (covered === size || map.mode === "header-only") return [volume];
  const tail = number === 0 ? regionWords["region.disk-tail"] : regionWords["region.tail"]({ number });
  return [volume, full("tail", tail, info.start + covered, info.start + size, number)];
}

function labelOf(number: number, filesystem: string | undefined): string {
  if (number === 0) return filesystem ? regionWords["region.disk-volume"]({ filesystem }) : regionWords["region.disk"];
  return filesystem
    ? regionWords["region.volume"]({ number, filesystem })
    : regionWords["region.partition"]({ number });
}

function mappedRegion(
  kind: Region["kind"],
  label: string,
  start: number,
  size: number,
  partition: number | undefined,
  map: VolumeMap,
): MappedRegion {
  const extents = map.extents.clipped(size);
  const reasons = "reason" in map ? [map.reason] : map.notes;
  return {
    region: {
      kind,
      label,
      ...(partition === undefined ? {} : { partition }),
      start,
      size,
      usedBytes: extents.bytes,
      mode: map.mode,
      ...(reasons.length > 0 ? { reason: reasons.join("; ") } : {}),
      ...(map.contents.length > 0 ? { contents: [...map.contents] } : {}),
    },
    extents,
    warnings: map.warnings.map((what) => placed(partition ?? 0, what)),
  };
}

export const wholeDisk = (device: ReadableDevice, reason: string): MappedRegion =>
  full("disk", regionWords["region.disk"], 0, device.size, undefined, reason);

function full(
  kind: Region["kind"],
  label: string,
  start: number,
  end: number,
  partition?: number,
  reason?: string,
): MappedRegion {
  const size = end - start;
  return {
    region: { kind, label, partition, start, size, usedBytes: size, mode: "raw", reason },
    extents: ExtentList.of([{ start: 0, end: size }]),
  };
}
