import { entry } from "#base/errors/entry.ts";
import { formatBytes } from "#base/units.ts";

const UNFINISHED =
  "The image is unchanged. The target has no partition table yet and says that a restore is unfinished.";

/** File systems that are brought to another size. */
export const resizeErrors = {
  RESIZE_FAILED: entry<{ what: string; size: number; reason: string }>(
    500,
    3,
    (d) => `${d.what} could not be brought to ${formatBytes(d.size)}: ${d.reason}`,
    UNFINISHED,
    "Restore it with the size that it had, to a disk that has room for that.",
  ),
  FILESYSTEM_UNSOUND: entry<{ what: string; tool: string; reason: string }>(
    422,
    4,
    (d) => `${d.what} is damaged, and is not brought to another size: ${d.tool} says: ${d.reason}`,
    UNFINISHED,
    "Restore it with the size that it had, and repair it there with its own tools.",
  ),
} as const;
