import { type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import { bootGaps, endOfDisk } from "#imaging/disk/gaps.ts";
import type { TableProblemCode } from "#imaging/disk/partition-table.ts";
import { ExtentList } from "#imaging/extent.ts";
import { mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import type { Region } from "#imaging/image/manifest.ts";
import type { DiskSurvey, SurveyedVolume } from "#imaging/inventory/survey-disk.ts";

/** A part of the disk that goes into the image, and the bytes of it that hold data. */
export interface MappedRegion {
  readonly region: Region;
  readonly extents: ExtentList;
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

/**
 * Divides a disk into the regions of an image, in disk order: partition tables, the gaps that boot loaders use,
 * the used blocks of every file system, the tail behind it, and the end of the disk.
 */
export async function mapRegions(device: ReadableDevice, survey: DiskSurvey): Promise<MappedRegion[]> {
  const unreliable = survey.table.problems.find((p) => UNRELIABLE.includes(p.code));
  if (unreliable) return [wholeDisk(device, unreliable.text)];
  if (survey.table.partitions.some((p) => DYNAMIC_DISK.includes(p.type)))
    return [wholeDisk(device, "it is a Windows dynamic disk: where its volumes lie is not in the partition table")];
  if (survey.table.type !== "none" && survey.volumes.some(({ info }) => info.number === 0))
    return [wholeDisk(device, "a file system covers the disk although there is an empty partition table")];
  if (survey.volumes.length === 0 && survey.table.type === "none")
    return [wholeDisk(device, "no partition table and no file system was recognised")];

  const regions = [
    ...survey.table.metadata.map(({ start, end }, i) => full("table", tableLabel(survey.table.type, i), start, end)),
    ...bootGaps(survey.table, device.size).map(({ start, end }) => full("gap", "boot loader's gap", start, end)),
    ...endOfDisk(survey.table, device.size).map(({ start, end }) => full("gap", "end of the disk", start, end)),
  ];
  for (const volume of survey.volumes)
    if (volume.info.role !== "extended") regions.push(...(await mapVolume(device, volume)));
  return regions.toSorted((a, b) => a.region.start - b.region.start);
}

/** Metadata is in disk order: the GPT's backup comes last, and only an MBR has extended boot records. */
const tableLabel = (type: string, index: number): string =>
  index === 0 ? "partition table" : type === "gpt" ? "backup partition table" : "extended boot record";

export const regionExtents = (regions: readonly MappedRegion[]): RegionExtents[] =>
  regions.map(({ region, extents }) => ({ start: region.start, extents }));

async function mapVolume(device: ReadableDevice, { info, filesystem }: SurveyedVolume): Promise<MappedRegion[]> {
  const size = Math.min(info.size, device.size - info.start);
  if (size <= 0) return [];
  const name = info.number === 0 ? "the whole disk" : `partition ${info.number}`;
  if (!filesystem) {
    const reason = "no file system was recognised";
    return [full("volume", name, info.start, info.start + size, info.number, reason)];
  }
  // A file system larger than its partition was cut off at some time: only what is there can be read.
  const covered = Math.min(filesystem.size, size);
  const used = await mapUsedBlocks(slice(device, info.start, size), filesystem);
  const whole = used.mode === "raw";
  const extents = clip(used.extents, whole ? size : covered);
  const volume: MappedRegion = {
    region: {
      kind: "volume",
      label: `${name} (${filesystem.type})`,
      partition: info.number,
      start: info.start,
      size: whole ? size : covered,
      usedBytes: extents.bytes,
      mode: used.mode,
      ...("reason" in used ? { reason: used.reason } : {}),
    },
    extents,
  };
  // What lies behind a file system is part of the partition: NTFS keeps its backup boot sector there, md its superblock.
  const tailStart = info.start + volume.region.size;
  const tailEnd = info.start + size;
  const isSwap = used.mode === "header-only";
  if (tailStart >= tailEnd || isSwap) return [volume];
  return [volume, full("tail", `end of ${name}`, tailStart, tailEnd, info.number)];
}

function clip(extents: ExtentList, size: number): ExtentList {
  const clipped = new ExtentList();
  for (const { start, end } of extents) clipped.add(start, Math.min(end, size));
  return clipped;
}

export const wholeDisk = (device: ReadableDevice, reason: string): MappedRegion =>
  full("disk", "the whole disk", 0, device.size, undefined, reason);

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
