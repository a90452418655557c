import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

const exactBytes = (bytes: number): string => `${formatBytes(bytes)} (${bytes} bytes)`;

/** How partitions shall lie on a target. */
export const layoutErrors = {
  LAYOUT_INVALID: entry<{ problem: string }>(
    400,
    2,
    (d) => `this layout cannot be made: ${d.problem}`,
    NOTHING_WRITTEN,
    "Change what the error names, and look at the plan with --dry-run.",
  ),
  LAYOUT_TOO_SMALL: entry<{ target: string; need: number; have: number; mode: string; fixed?: string }>(
    409,
    7,
    (d) =>
      `${d.target} has ${exactBytes(d.have)}; the partitions need ${exactBytes(d.need)}${d.mode === "keep" ? " as they are" : ", as small as they can be"}${d.fixed ? `; ${d.fixed}` : ""}`,
    NOTHING_WRITTEN,
    "Choose a larger disk, let partitions shrink (--layout shrink), or leave some of them out (--partition).",
  ),
  SECTOR_SIZE_UNFIT: entry<{ target: string; sectorSize: number; partition: string; reason: string }>(
    409,
    7,
    (d) => `${d.partition} cannot live on the sectors of ${d.sectorSize} bytes that ${d.target} has: ${d.reason}`,
    NOTHING_WRITTEN,
    "Choose a disk with sectors of the size that the source had, or leave this partition out (--partition).",
  ),
  EDIT_INVALID: entry<{ problem: string }>(
    400,
    2,
    (d) => `this cannot be done to the partitions: ${d.problem}`,
    NOTHING_WRITTEN,
    "Look at the disk with `lifeboat partition list`, and try the operation with --dry-run.",
  ),
  RESIZE_UNDONE: entry<{ device: string; number: number; reason: string }>(
    409,
    7,
    (d) => `partition ${d.number} of ${d.device} keeps its size: ${d.reason}`,
    "The partition, what is in it, and the partition table are as they were.",
    "Do what the reason asks for; a damaged file system is repaired with its own tools first.",
  ),
  MOVE_UNFINISHED: entry<{ device: string; number: number }>(
    409,
    7,
    (d) => `partition ${d.number} of ${d.device} is being moved or resized, and that was interrupted`,
    "Everything of the partition is on the disk, but not all of it where it belongs.",
    "Let it be finished: `lifeboat partition resume DISK`. Change nothing else on this disk before.",
  ),
  MOVE_READS_BACK: entry<{ device: string; offset: number }>(
    500,
    6,
    (d) => `what was written to byte ${d.offset} of ${d.device} reads back differently`,
    "What was to be written there is elsewhere on the disk, at its old place or in a log.",
    "The disk is failing: capture it before anything else. Then try `lifeboat partition resume DISK`.",
  ),
} as const;
