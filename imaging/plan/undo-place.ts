import * as z from "zod";
import type { Sentence } from "#base/sentence.ts";
import type { Warning } from "#imaging/plan/plan.ts";
import { say } from "#imaging/words/say.ts";

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

/** What a plan says of it where something would be lost. @param disk name of the target */
export function undoWarnings(wish: UndoWish | undefined, disk: string): Warning[] {
  if (wish === undefined) return [];
  if (wish === "unwanted") return [{ code: "UNDO_UNWANTED", ...say("warning.undo-unwanted", { disk }) }];
  if (wish === "no-place") return [{ code: "UNDO_NO_PLACE", ...say("warning.undo-no-place", { disk }) }];
  if (!wish.inMemory) return [];
  return [{ code: "UNDO_IN_MEMORY", ...say("warning.undo-in-memory", { disk, path: wish.path }) }];
}

export const undoSentence = ({ path, mostBytes }: UndoPlace, disk: string): Sentence =>
  say("plan.save-old", { disk, most: mostBytes, path });
