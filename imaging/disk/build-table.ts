import { buildGpt } from "#imaging/disk/build-gpt.ts";
import { buildMbr } from "#imaging/disk/build-mbr.ts";
import { checkDesign } from "#imaging/disk/check-design.ts";
import type { TableWrite } from "#imaging/disk/partition.ts";
import type { TableDesign } from "#imaging/disk/table-design.ts";

export { type TableDesign, usableOf } from "#imaging/disk/table-design.ts";

/**
 * The writes that put a table made from nothing on a disk, in the order in which they must be made: sector 0 last, so
 * that a disk whose restore was interrupted has no table. It reads back as it was designed, save for the end of a name
 * that is too long, and for an MBR without partitions, which is no table to `readPartitionTable` when it has boot code
 * or no disk signature. Boot code that loads more of itself from fixed sectors is the caller's to restore with those.
 * @throws LAYOUT_INVALID when the table cannot hold the design: a fault of who made it, so it is to be built before
 * the first write to the disk
 */
export function buildTable(design: TableDesign): TableWrite[] {
  checkDesign(design);
  return design.type === "gpt" ? buildGpt(design) : buildMbr(design);
}
