import { entry, NOTHING_WRITTEN, TARGET_UNBOOTABLE } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

/** Two disks of "the same" size can differ by a few sectors, which rounding would hide. */
const exactBytes = (bytes: number): string => `${formatBytes(bytes)} (${bytes} bytes)`;

/** Restoring: the target, and what came of it. */
export const restoreErrors = {
  TARGET_TOO_SMALL: entry<{ target: string; need: number; have: number }>(
    409,
    7,
    (d) => `${d.target} has ${exactBytes(d.have)}, the image needs ${exactBytes(d.need)}`,
    NOTHING_WRITTEN,
    "Choose a disk that is at least as large as the source was.",
  ),
  TARGET_HOLDS_IMAGE: entry<{ target: string; image: string }>(
    409,
    7,
    (d) => `${d.target} holds the image ${d.image} itself`,
    NOTHING_WRITTEN,
    "Choose another target, or copy the image to another disk first.",
  ),
  TARGET_IS_SOURCE: entry<{ target: string }>(
    409,
    7,
    (d) => `${d.target} is the disk that is to be cloned`,
    NOTHING_WRITTEN,
    "Choose another target.",
  ),
  TARGET_IS_BOOT_MEDIUM: entry<{ target: string }>(
    409,
    7,
    (d) => `${d.target} is the medium this rescue system was started from`,
    NOTHING_WRITTEN,
    "Choose another target.",
  ),
  TARGET_IN_USE: entry<{ target: string; by: string }>(
    409,
    7,
    (d) => `${d.target} is in use: ${d.by}`,
    NOTHING_WRITTEN,
    "Unmount it or stop what uses it, then plan again.",
  ),
  TARGET_READ_ONLY: entry<{ target: string }>(
    409,
    7,
    (d) => `${d.target} is read-only`,
    NOTHING_WRITTEN,
    "Remove the write protection or choose another target.",
  ),
  SECTOR_SIZE_DIFFERS: entry<{ target: string; image: number; have: number }>(
    409,
    7,
    (d) => `${d.target} has ${d.have}-byte sectors, the image was made of a disk with ${d.image}-byte sectors`,
    NOTHING_WRITTEN,
    "Choose a target with the same sector size.",
  ),
  TARGET_FULL: entry<{ target: string; offset: number }>(
    507,
    8,
    (d) => `${d.target} could not take the data at byte ${d.offset}: the file system that holds this file is full`,
    TARGET_UNBOOTABLE,
    "Free space there, then run the same command again.",
  ),
  TARGET_VERIFY_FAILED: entry<{ device: string; region: string; offset: number; damaged: number }>(
    500,
    6,
    (d) =>
      `${d.device}: ${d.damaged} chunks read back differently from what was written, the first in ${d.region} at byte ${d.offset}`,
    "The target holds wrong data and must not be trusted. The image is unchanged.",
    "Replace the disk or its cable and restore again.",
  ),
  STAGE_FAILED: entry<{ volume: string; reason: string }>(
    500,
    3,
    (d) => `${d.volume} cannot be shown to the tool that changes its size: ${d.reason}`,
    TARGET_UNBOOTABLE,
    "Run the command as root, on a kernel with FUSE (in a container, give it the device /dev/fuse).",
  ),
  STAGE_FULL: entry<{ volume: string; most: number }>(
    507,
    8,
    (d) => `${d.volume}: more than ${formatBytes(d.most)} were written behind its new end while it was made smaller`,
    TARGET_UNBOOTABLE,
    "Choose a larger target.",
  ),
  RESTORE_SALVAGED: entry<{ file: string; damaged: number; first: string }>(
    422,
    5,
    (d) => `${d.file}: all but ${d.damaged} chunks were restored; the first damaged one: ${d.first}`,
    "The target is complete but for the ranges that are listed; those read as zeros.",
    "Check the file systems, and take the files in the listed ranges from another copy.",
  ),
} as const;
