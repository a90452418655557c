import * as z from "zod";
import { formatBytes } from "#base/units.ts";

/**
 * Where the undo file of a restore is kept: what makes the old content of the target findable again. No node: import,
 * the user interface reads it too.
 */
export const UndoPlace = z.object({
  /** The file; or a folder, in which it gets a name of date and disk. */
  path: z.string(),
  kind: z.enum(["file", "folder"]),
  /** It lies in memory: gone when the computer is switched off. */
  inMemory: z.boolean(),
  /** What may be saved at the most. */
  mostBytes: z.int().positive(),
});
export type UndoPlace = z.infer<typeof UndoPlace>;

/** What is saved of a disk at the most. Tables, headers and superblocks of nearly every disk are a tenth of it. */
export const MOST_UNDO_BYTES = 512 << 20;

/** A place, or why there is none: nobody wants it, or there is nowhere to keep it. */
export type UndoWish = UndoPlace | "unwanted" | "no-place";

/** What a plan says of it where something would be lost. @param name of the target */
export function undoWarnings(wish: UndoWish | undefined, name: string): { code: string; text: string }[] {
  if (wish === undefined) return [];
  if (wish === "unwanted")
    return [
      { code: "UNDO_UNWANTED", text: `Nothing of ${name} is saved, as asked for: \`lifeboat undo\` cannot help` },
    ];
  if (wish === "no-place") {
    const text = `There is no room to save what makes the old content of ${name} findable again: \`lifeboat undo\` cannot help`;
    return [{ code: "UNDO_NO_PLACE", text }];
  }
  if (!wish.inMemory) return [];
  const text = `What makes the old content of ${name} findable again is kept in memory only: copy ${wish.path} to another medium before this computer is switched off`;
  return [{ code: "UNDO_IN_MEMORY", text }];
}

export const undoText = ({ path, mostBytes }: UndoPlace, name: string): string =>
  `Save the old partition table, boot areas and superblocks of ${name} for \`lifeboat undo\` (at most ${formatBytes(mostBytes)}, ${path})`;
