import { movedPartitions, type SourceTable } from "#imaging/layout/moved-partitions.ts";
import { mayStart } from "#imaging/mend/may-start.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import type { JournalDescription } from "#imaging/partition/move/move-description.ts";
import type { Picture } from "#imaging/partition/picture.ts";

/**
 * What is done, after partitions were moved or their table converted, to the systems on a disk that a computer may start from: boot
 * loaders find their partitions, and Windows its drives, at their new places. Undefined where nothing looks for a place.
 */
export function mendOfEdits(edits: readonly Edit[], before: Picture, after: Picture): MendWish | undefined {
  const isMoved = edits.some(({ op }) => op === "move" || op === "convert");
  return isMoved && mayStart(before) ? mendMoved(before, after) : undefined;
}

/** The same after a move that was interrupted: all that is left of its plan is in its journal. */
export function mendOfMove({ kind, before, after, from, number, ...disk }: JournalDescription): MendWish | undefined {
  if (kind !== "move" || !mayStart({ partitions: before })) return undefined;
  const moved = before.find(({ start, role }) => start === from && role !== "extended")?.number;
  // Where something starts tells it from all others but the one that moves.
  const sourceOf = (one: (typeof after)[number]) =>
    one.number === number ? moved : before.find(({ start, role }) => start === one.start && role === one.role)?.number;
  const then = after.map((one) => ({ ...one, source: sourceOf(one) }));
  return mendMoved({ ...disk, partitions: before }, { ...disk, partitions: then });
}

function mendMoved(before: SourceTable, after: SourceTable): MendWish {
  const moved = movedPartitions(before, { ...after, type: after.tableType });
  const wish: MendWish = { boot: true, renew: true, universal: false, drivers: [], identity: "keep" };
  return moved.length > 0 ? { ...wish, moved } : wish;
}
