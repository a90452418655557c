import { MovedPartition, samePartition } from "#imaging/bcd/partition-id.ts";
import { type NamedTable, partitionIdOf } from "#imaging/bcd/partition-id-of.ts";

/** A table as it is, or as it will be. */
export interface SourceTable {
  readonly tableType: "gpt" | "mbr" | "none";
  readonly diskId?: string | undefined;
  readonly partitions: readonly (NamedTable["partitions"][number] & {
    /** In a table that will be: its number in the one that is; absent for one that is made. */
    readonly source?: number | undefined;
  })[];
}

/**
 * Partitions that Windows knows by a name which they will not have any more: on a GPT when they or the disk get another GUID, on an
 * MBR also when they lie elsewhere. What is left out is gone. An image may be anybody's: what is no name is passed over.
 */
export function movedPartitions(
  source: SourceTable,
  after: Omit<SourceTable, "tableType"> & Pick<NamedTable, "type">,
): MovedPartition[] {
  const before: NamedTable = { ...source, type: source.tableType };
  return source.partitions.flatMap(({ number, role }) => {
    const from = role === "extended" ? undefined : partitionIdOf(before, number);
    const there = after.partitions.find((one) => one.source === number);
    const to = there && partitionIdOf(after, there.number);
    if (from === undefined || (to !== undefined && samePartition(from, to))) return [];
    const moved = MovedPartition.safeParse({ from, ...(to && { to }) });
    return moved.success ? [moved.data] : [];
  });
}
