import { resolve } from "node:path";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import type { UndoPlace, UndoWish } from "#imaging/plan/undo-place.ts";
import type { RunRestoreOptions } from "#imaging/restore/run-restore.ts";
import { undoPlace } from "#imaging/undo/place.ts";

/** What every verb asks that writes over a disk. */
export interface TargetOptions {
  to: string;
  dryRun?: boolean;
  yesErase?: string;
  verify: boolean;
  delta?: boolean;
  undo: boolean;
  undoFile?: string;
}

const TARGET = ["--to <disk>", "target: device path, stable id, or raw disk image file"] as const;
const CONFIRM = ["--yes-erase <disk-id>", "confirm by naming the target as the plan shows it"] as const;

export const withTarget = (command: Command): Command =>
  withWriting(command.requiredOption(...TARGET).option(...CONFIRM));

/** One target for each image, in their order. */
export const withTargets = (command: Command): Command =>
  withWriting(
    command
      .requiredOption(TARGET[0], `${TARGET[1]}; of several images one each`, collectWord)
      .option(CONFIRM[0], `${CONFIRM[1]}; of several images one each`, collectWord),
  );

const collectWord = (word: string, before: string[] = []): string[] => [...before, word];

const withWriting = (command: Command): Command =>
  command
    .option("--dry-run", "print the plan and change nothing")
    .option("--no-verify", "do not read the target back afterwards")
    .option("--delta", "write only what differs from what the target holds already")
    .option(
      "--undo-file <file>",
      "save what `lifeboat undo` needs in this file (default: in the folder of the program's state)",
    )
    .option("--no-undo", "do not save what `lifeboat undo` needs");

export async function undoWish({ undo, undoFile }: TargetOptions, folder: string): Promise<UndoWish> {
  if (!undo && undoFile !== undefined)
    throw new LifeboatError("USAGE", { problem: "--undo-file names a file that --no-undo leaves out" });
  if (!undo) return "unwanted";
  const where = undoFile === undefined ? { path: folder, kind: "folder" } : { path: resolve(undoFile), kind: "file" };
  return (await undoPlace(where as Pick<UndoPlace, "path" | "kind">)) ?? "no-place";
}

export const runOptions = ({ limit, wait }: { limit?: number; wait: number }): RunRestoreOptions => ({
  bytesPerSecond: limit ?? 0,
  waitSeconds: wait,
});
