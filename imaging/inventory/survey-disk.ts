import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { slice } from "#imaging/device/block-device.ts";
import { type Partition, type PartitionTable, readPartitionTable } from "#imaging/disk/partition-table.ts";
import { partitionTypeName } from "#imaging/disk/partition-types.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import type { PartitionInfo, TableInfo } from "#imaging/image/manifest.ts";

/** What is on a disk: its partition table, and the file system of every partition. */
export interface DiskSurvey {
  readonly table: PartitionTable;
  readonly volumes: readonly SurveyedVolume[];
}

/** A partition, or the whole disk when a file system covers it without a table. */
export interface SurveyedVolume {
  readonly info: PartitionInfo;
  readonly filesystem: Filesystem | undefined;
}

/** @throws TABLE_DAMAGED, READ_FAILED */
export async function surveyDisk(device: ReadableDevice): Promise<DiskSurvey> {
  const table = await readPartitionTable(device);
  // An empty table can lie on a disk whose content matters, such as what mkfs left when it was given the whole disk.
  if (table.partitions.length === 0) {
    const filesystem = await detectFilesystem(device);
    return { table, volumes: filesystem ? [wholeDisk(device, filesystem)] : [] };
  }
  const volumes: SurveyedVolume[] = [];
  for (const partition of table.partitions) {
    const size = Math.max(0, Math.min(partition.size, device.size - partition.start));
    const holdsData = partition.role !== "extended" && size > 0;
    const filesystem = holdsData ? await detectFilesystem(slice(device, partition.start, size)) : undefined;
    volumes.push({ info: partitionInfo(partition, filesystem), filesystem });
  }
  return { table, volumes };
}

export const tableInfo = (table: PartitionTable): TableInfo => ({
  type: table.type,
  diskId: table.diskId,
  problems: table.problems.map(({ code, text }) => ({ code, text })),
});

const partitionInfo = (partition: Partition, filesystem: Filesystem | undefined): PartitionInfo => ({
  number: partition.number,
  start: partition.start,
  size: partition.size,
  type: partition.type,
  typeName: partitionTypeName(partition.type),
  name: partition.name,
  guid: partition.guid,
  active: partition.active,
  role: partition.role,
  filesystem: filesystem && { ...filesystem, warnings: [...filesystem.warnings] },
});

const wholeDisk = (device: ReadableDevice, filesystem: Filesystem): SurveyedVolume => ({
  info: {
    number: 0,
    start: 0,
    size: device.size,
    type: "none",
    typeName: "whole disk",
    active: false,
    role: "primary",
    filesystem: { ...filesystem, warnings: [...filesystem.warnings] },
  },
  filesystem,
});
