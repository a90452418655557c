import { applyEdit } from "#imaging/partition/apply-edit.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import type { Picture } from "#imaging/partition/picture.ts";

/** What somebody set twice is wanted as it was set last. */
const LAST_COUNTS: ReadonlySet<Edit["op"]> = new Set(["resize", "move", "label", "name", "type", "active"]);

/**
 * The same list without operations that the next one makes useless: a partition that is dragged to and fro is moved once, and not at all when it
 * ends where it was. Pure. @param before the disk as it is
 */
export function mergeEdits(before: Picture, edits: readonly Edit[], seed: string): Edit[] {
  const merged = edits.filter((edit, i) => !isReplaced(edit, edits[i + 1]));
  let picture = before;
  const kept: Edit[] = [];
  for (const [i, edit] of merged.entries()) {
    if (isWithout(picture, edit)) continue;
    kept.push(edit);
    try {
      picture = applyEdit(picture, edit, `${seed} ${kept.length - 1}`);
    } catch {
      return [...kept, ...merged.slice(i + 1)]; // what cannot be done is said where it stands
    }
  }
  return kept;
}

const isReplaced = (edit: Edit, next: Edit | undefined): boolean =>
  next !== undefined &&
  LAST_COUNTS.has(edit.op) &&
  edit.op === next.op &&
  "number" in edit &&
  "number" in next &&
  edit.number === next.number;

/** It asks for what is there. */
function isWithout({ partitions }: Picture, edit: Edit): boolean {
  if (edit.op !== "resize" && edit.op !== "move") return false;
  const one = partitions.find(({ number }) => number === edit.number);
  return one !== undefined && (edit.op === "resize" ? edit.size === one.size : edit.start === one.start);
}
