import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

const HIVE_KEPT = "Nothing was written: the hive's file is as it was.";

/** Windows registry hives, and the boot configuration (BCD) that is one. */
export const hiveErrors = {
  NOT_A_HIVE: entry<{ file: string; problem: string }>(
    422,
    4,
    (d) => `${d.file} is no registry hive: ${d.problem}`,
    HIVE_KEPT,
    "Name a hive, such as Windows/System32/config/SYSTEM or Boot/BCD.",
  ),
  HIVE_UNSUPPORTED: entry<{ file: string; problem: string }>(
    422,
    4,
    (d) => `${d.file} is a registry hive of a kind that is not supported: ${d.problem}`,
    HIVE_KEPT,
    "Change it with Windows' own tools.",
  ),
  HIVE_DIRTY: entry<{ file: string; problem: string }>(
    409,
    7,
    (d) => `${d.file} was not written to its end by Windows, and no log makes it whole: ${d.problem}`,
    HIVE_KEPT,
    "Put its .LOG1 and .LOG2 files beside it, or start this Windows once and shut it down; then try again.",
  ),
  HIVE_DAMAGED: entry<{ file: string; offset: number; problem: string }>(
    422,
    4,
    (d) => `${d.file} is damaged at byte ${d.offset}: ${d.problem}`,
    HIVE_KEPT,
    "Take an older copy of the hive from another image or from System32/config/RegBack, or repair Windows with its own tools.",
  ),
  HIVE_EDIT_INVALID: entry<{ file: string; key: string; problem: string }>(
    400,
    2,
    (d) => `${d.file}, key ${d.key}: ${d.problem}`,
    NOTHING_WRITTEN,
    "Correct the name or the value.",
  ),
  HIVE_FULL: entry<{ file: string; size: number; most: number }>(
    507,
    8,
    (d) => `${d.file} would grow to ${d.size} bytes, and a hive may have ${d.most}`,
    HIVE_KEPT,
    "Change less at once, or let Windows compact the hive first.",
  ),
  NOT_A_BCD: entry<{ file: string; problem: string }>(
    422,
    4,
    (d) => `${d.file} is a registry hive and no boot configuration: ${d.problem}`,
    HIVE_KEPT,
    "Name the BCD of the system partition (Boot/BCD or EFI/Microsoft/Boot/BCD), or let a new one be made.",
  ),
} as const;
