import type { TableDesign } from "#imaging/disk/build-table.ts";
import type { TableLayout } from "#imaging/layout/layout.ts";

/** A layout as a table to be made. @param attributesOf GPT attributes of a partition, by its number in the image */
export const designOf = (
  { tableType, size, sectorSize, diskId, partitions }: TableLayout,
  attributesOf: (source: number | undefined) => string | undefined = () => undefined,
): TableDesign => ({
  ...{ type: tableType, size, sectorSize, diskId },
  partitions: partitions.map(({ source, number, start, size: length, type, name, guid, active, role }) => ({
    ...{ number, start, size: length, type, name, guid, active, role },
    attributes: attributesOf(source) ?? "0x0",
  })),
});
