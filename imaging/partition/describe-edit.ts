import type { Sentence } from "#base/sentence.ts";
import { partitionTypeName } from "#imaging/disk/partition-types.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import type { Picture, PicturedPartition } from "#imaging/partition/picture.ts";
import { say } from "#imaging/words/say.ts";
import { sayType } from "#imaging/words/say-type.ts";

/** "partition 2, \"root\", ext4, 20 GiB" */
export const partitionSentence = ({ number, label, name, filesystem, size }: PicturedPartition): Sentence =>
  say("edit.partition", { number, label: label ?? name ?? "", filesystem: filesystem ?? "", size });

/** One operation in words, with what will be where. @param before, after the pictures around it */
export function stepSentence(edit: Edit, before: Picture, after: Picture): Sentence {
  const number = "number" in edit ? edit.number : 0;
  const one = before.partitions.find((other) => other.number === number);
  const there = after.partitions.find((other) =>
    one ? isSame(one, other) : !before.partitions.some((b) => isSame(b, other)) && other.role !== "extended",
  );
  const { start = 0, size = 0 } = there ?? {};
  const partition = one ? partitionSentence(one) : "";
  switch (edit.op) {
    case "create":
      return say("edit.create", { number: there?.number ?? 0, filesystem: edit.filesystem ?? "", size, start });
    case "delete":
      return say("edit.delete", { partition });
    case "move":
      return say("edit.move", { partition, oldStart: one?.start ?? 0, start });
    case "resize":
      return say(size < (one?.size ?? 0) ? "edit.shrink" : "edit.grow", { partition, size });
    case "format":
      return say("edit.format", { partition, filesystem: edit.filesystem });
    case "label":
      return say("edit.label", { filesystem: one?.filesystem ?? "", number, label: edit.label });
    case "name":
      return say("edit.name", { number, name: edit.name });
    case "type":
      return say("edit.type", { number, type: sayType(partitionTypeName(edit.type)) });
    case "active":
      return say(edit.active ? "edit.active" : "edit.inactive", { number });
    case "convert":
      return say("edit.convert", { table: edit.table.toUpperCase() });
    case "table":
      return say("edit.table", { table: edit.table.toUpperCase() });
  }
}

/** The same partition before and after an operation: numbers of logical ones change. */
export const isSame = (a: PicturedPartition, b: PicturedPartition): boolean =>
  a.source !== undefined ? a.source === b.source : a.start === b.start && a.role === b.role;
