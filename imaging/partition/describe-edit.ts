import { formatBytes } from "#base/units.ts";
import { partitionTypeName } from "#imaging/disk/partition-types.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import type { Picture, PicturedPartition } from "#imaging/partition/picture.ts";

/** "partition 2, \"root\", ext4, 20 GiB" */
export const textOf = ({ number, label, name, filesystem, size }: PicturedPartition): string =>
  [`partition ${number}`, (label ?? name) && `"${label ?? name}"`, filesystem, formatBytes(size)]
    .filter(Boolean)
    .join(", ");

/** One operation in words, with what will be where. @param before, after the pictures around it */
export function stepText(edit: Edit, before: Picture, after: Picture): string {
  const number = "number" in edit ? edit.number : undefined;
  const one = before.partitions.find((other) => other.number === number);
  const there = after.partitions.find((other) =>
    one ? isSame(one, other) : !before.partitions.some((b) => isSame(b, other)) && other.role !== "extended",
  );
  const what = one ? textOf(one) : "";
  switch (edit.op) {
    case "create":
      return `Make partition ${there?.number}${edit.filesystem ? ` with ${edit.filesystem}` : ""}, ${formatBytes(there?.size ?? 0)} from byte ${there?.start}`;
    case "delete":
      return `Delete ${what}`;
    case "move":
      return `Move ${what} from byte ${one?.start} to byte ${there?.start}`;
    case "resize":
      return `Make ${what} ${(there?.size ?? 0) < (one?.size ?? 0) ? "smaller" : "larger"}: ${formatBytes(there?.size ?? 0)}`;
    case "format":
      return `Make an empty ${edit.filesystem} in ${what}`;
    case "label":
      return `Label the ${one?.filesystem} of partition ${number} "${edit.label}"`;
    case "name":
      return `Name partition ${number} "${edit.name}"`;
    case "type":
      return `Give partition ${number} the type ${partitionTypeName(edit.type)}`;
    case "active":
      return `Mark partition ${number} as ${edit.active ? "" : "not "}the one that legacy firmware starts`;
    case "convert":
      return `Convert the partition table to ${edit.table.toUpperCase()}; no partition moves`;
    case "table":
      return `Make an empty ${edit.table.toUpperCase()} partition table`;
  }
}

/** The same partition before and after an operation: numbers of logical ones change. */
export const isSame = (a: PicturedPartition, b: PicturedPartition): boolean =>
  a.source !== undefined ? a.source === b.source : a.start === b.start && a.role === b.role;
