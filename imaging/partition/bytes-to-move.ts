import type { Edit } from "#imaging/partition/edit.ts";
import type { Picture, PicturedPartition } from "#imaging/partition/picture.ts";

/** The partition that an operation is about. */
export const movedOf = (edit: Edit, before: Picture): PicturedPartition | undefined =>
  "number" in edit ? before.partitions.find(({ number }) => number === edit.number) : undefined;

/** How much is read and written at the most, of partitions that are moved or resized: all else takes a moment. @param all the pictures before and after each */
export const bytesToMove = (edits: readonly Edit[], all: readonly Picture[]): number =>
  edits.reduce((sum, edit, i) => {
    if (edit.op !== "move" && edit.op !== "resize") return sum;
    const { source, size = 0 } = movedOf(edit, all[i] as Picture) ?? {};
    const there = all[i + 1]?.partitions.find((one) => one.source === source && source !== undefined);
    return sum + Math.max(size, there?.size ?? 0);
  }, 0);
