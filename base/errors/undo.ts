import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

/** Undo files: what a restore saves first, and how it is written back. */
export const undoErrors = {
  IMAGE_IS_UNDO_FILE: entry<{ file: string }>(
    409,
    7,
    (d) => `${d.file} is an undo file: it holds a few places of a disk, and no system that could be restored`,
    NOTHING_WRITTEN,
    "Write it back with `lifeboat undo FILE`, or choose an image.",
  ),
  NOT_AN_UNDO_FILE: entry<{ file: string }>(
    409,
    7,
    (d) => `${d.file} is an image and no undo file`,
    NOTHING_WRITTEN,
    "Restore it with `lifeboat restore`; `lifeboat undo` without a name lists the undo files.",
  ),
  UNDO_ON_TARGET: entry<{ target: string; place: string }>(
    409,
    7,
    (d) => `what is saved of ${d.target} must not lie on it: ${d.place} does`,
    NOTHING_WRITTEN,
    "Name a file on another disk with --undo-file, or leave the undo file out with --no-undo.",
  ),
  UNDO_NO_ROOM: entry<{ place: string; need: number; free: number }>(
    507,
    8,
    (d) => `the undo file needs ${formatBytes(d.need)}, and ${formatBytes(d.free)} are free at ${d.place}`,
    NOTHING_WRITTEN,
    "Make room there, name a file on another disk with --undo-file, or leave it out with --no-undo.",
  ),
  UNDO_NOT_SAVED: entry<{ target: string; reason: string }>(
    500,
    6,
    (d) => `what makes the old content of ${d.target} findable again could not be saved: ${d.reason}`,
    NOTHING_WRITTEN,
    "Name a file on another medium with --undo-file, or leave the undo file out with --no-undo.",
  ),
  UNDO_OTHER_DISK: entry<{ file: string; saved: string; found: string }>(
    409,
    7,
    (d) => `${d.file} was saved of ${d.saved}, and this is ${d.found}`,
    NOTHING_WRITTEN,
    "Plug in the disk that it was saved of, where it was: on another one it would destroy what is there.",
  ),
} as const;
