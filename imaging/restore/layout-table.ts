import { buildTable } from "#imaging/disk/build-table.ts";
import { mbr } from "#imaging/disk/mbr.ts";
import type { PartitionTable, TableWrite } from "#imaging/disk/partition-table.ts";
import { designOf } from "#imaging/layout/design.ts";
import type { TableLayout } from "#imaging/layout/layout.ts";

/**
 * The writes of a new table for a layout. Attributes of partitions, and the code that firmware starts, come from the
 * table of the image, where it is of the same kind: code for the other kind looks for its next stage where there is none.
 */
export function layoutTable(layout: TableLayout, source: PartitionTable): TableWrite[] {
  const isSameKind = layout.tableType === source.type && layout.sectorSize === source.sectorSize;
  const sector = source.state?.mbr;
  const bootCode = isSameKind && sector ? mbr.parse(sector).bootCode : undefined;
  const attributesOf = (number: number | undefined) =>
    source.type === "gpt" && layout.tableType === "gpt"
      ? source.partitions.find((before) => before.number === number)?.attributes
      : undefined;
  return buildTable({ ...designOf(layout, attributesOf), ...(bootCode && { bootCode }) });
}
