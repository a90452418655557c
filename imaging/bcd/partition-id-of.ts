import type { PartitionId } from "#imaging/bcd/partition-id.ts";
import type { Partition, PartitionTable } from "#imaging/disk/partition.ts";

/** What of a table names its partitions: of one on a disk, or one that is planned. */
export interface NamedTable extends Pick<PartitionTable, "type"> {
  readonly diskId?: string | undefined;
  readonly partitions: readonly (Pick<Partition, "number" | "start" | "role"> & {
    readonly guid?: string | undefined;
  })[];
}

/** How Windows names a partition of a disk; undefined where the disk or the partition has no identity. */
export function partitionIdOf({ type, diskId, partitions }: NamedTable, number: number): PartitionId | undefined {
  const partition = partitions.find((one) => one.number === number);
  if (!partition || diskId === undefined) return undefined;
  if (type === "gpt" && partition.guid !== undefined) return { style: "gpt", disk: diskId, partition: partition.guid };
  return type === "mbr" ? { style: "mbr", signature: Number.parseInt(diskId, 16), offset: partition.start } : undefined;
}

/** Of all partitions that have one. */
export const partitionIds = (table: NamedTable): PartitionId[] =>
  table.partitions.flatMap(({ number, role }) => (role === "extended" ? [] : (partitionIdOf(table, number) ?? [])));
