import { type Disk, type DiskPartition, isUnfinished } from "#imaging/inventory/disk.ts";
import type { Loss } from "#imaging/plan/plan.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";
import { sayType } from "#imaging/words/say-type.ts";

/** Everything on a disk that a restore onto it destroys, by name. */
export function findLosses(target: Disk): Loss[] {
  // A table that is damaged may be one that somebody made since.
  if (isUnfinished(target) && target.table.problems.length === 0) return [];
  const losses: Loss[] = target.partitions.filter((p) => p.role !== "extended").map(partitionLoss);
  if (target.unfinishedMove !== undefined) {
    losses.push({ kind: "partition", ...say("loss.moving", { number: target.unfinishedMove }), size: 0 });
  }
  if (losses.length > 0) return losses;
  const [damage] = target.table.problems;
  if (damage) {
    const isUnknown = damage.code === "UNKNOWN_CONTENT";
    return [
      {
        ...{ kind: "content", size: target.size },
        ...(isUnknown ? say("loss.unknown") : say("loss.damaged", { damage: hear(damage.text) })),
      },
    ];
  }
  if (target.table.type !== "none")
    return [{ kind: "table", ...say("loss.table", { table: target.table.type.toUpperCase() }), size: 0 }];
  return [];
}

function partitionLoss(partition: DiskPartition): Loss {
  const { filesystem, number, size } = partition;
  const label = filesystem?.label || partition.name || "";
  const what = { label, content: filesystem?.type ?? sayType(partition.typeName), size };
  return number === 0
    ? { kind: "filesystem", ...say("loss.whole-disk", what), size }
    : { kind: "partition", ...say("loss.partition", { number, ...what }), size };
}
