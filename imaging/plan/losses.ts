import { formatBytes } from "#base/units.ts";
import { type Disk, type DiskPartition, isUnfinished } from "#imaging/inventory/disk.ts";
import type { Loss } from "#imaging/plan/plan.ts";

/** Everything on a disk that a restore onto it destroys, by name. */
export function findLosses(target: Disk): Loss[] {
  // A table that is damaged may be one that somebody made since.
  if (isUnfinished(target) && target.table.problems.length === 0) return [];
  const losses: Loss[] = target.partitions.filter((p) => p.role !== "extended").map(partitionLoss);
  if (target.unfinishedMove !== undefined) {
    const text = `partition ${target.unfinishedMove}, which is being moved or resized`;
    losses.push({ kind: "partition", text, size: 0 });
  }
  if (losses.length > 0) return losses;
  const [damage] = target.table.problems;
  if (damage) {
    const text = damage.code === "UNKNOWN_CONTENT" ? damage.text : `whatever is on it: ${damage.text}`;
    return [{ kind: "content", text, size: target.size }];
  }
  if (target.table.type !== "none")
    return [{ kind: "table", text: `an empty ${target.table.type.toUpperCase()} partition table`, size: 0 }];
  return [];
}

function partitionLoss(partition: DiskPartition): Loss {
  const { filesystem, number, size } = partition;
  const label = filesystem?.label || partition.name;
  const what = [
    number === 0 ? "the file system on the whole disk" : `partition ${number}`,
    label ? `"${label}"` : undefined,
    filesystem?.type ?? partition.typeName,
    formatBytes(size),
  ];
  return { kind: number === 0 ? "filesystem" : "partition", text: what.filter(Boolean).join(", "), size };
}
