import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

/** What is written on a disk: structures, tables, file systems. */
export const structureErrors = {
  STRUCT_TRUNCATED: entry<{ struct: string; need: number; have: number }>(
    422,
    4,
    (d) => `${d.struct}: need ${d.need} bytes, have ${d.have}`,
    NOTHING_WRITTEN,
    "The data is cut off: check that the whole file or disk is there.",
  ),
  STRUCT_BAD_VALUE: entry<{ struct: string; field: string; found: string }>(
    422,
    4,
    (d) => `${d.struct}.${d.field}: unexpected ${d.found}`,
    NOTHING_WRITTEN,
    "The data is damaged or is of another kind.",
  ),
  TABLE_DAMAGED: entry<{ device: string; table: string; problem: string }>(
    422,
    4,
    (d) => `${d.device}: the ${d.table} partition table is damaged: ${d.problem}`,
    NOTHING_WRITTEN,
    "Capture the disk sector by sector with --raw, or repair the table first.",
  ),
  FILESYSTEM_DAMAGED: entry<{ device: string; filesystem: string; offset: number; problem: string }>(
    422,
    4,
    (d) => `${d.device}: ${d.filesystem} at byte ${d.offset}: ${d.problem}`,
    NOTHING_WRITTEN,
    "The partition can still be captured sector by sector.",
  ),
} as const;
