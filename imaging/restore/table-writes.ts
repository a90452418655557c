import { type PartitionTable, placeTable, readPartitionTable, type TableWrite } from "#imaging/disk/partition-table.ts";
import { isImage, openDiskSource } from "#imaging/explore/open-source.ts";
import { type OnDamage, openImageDevice } from "#imaging/image/image-device.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import type { PlannedLayout } from "#imaging/layout/layout.ts";
import { layoutTable } from "#imaging/restore/layout-table.ts";
import { withFirstSector } from "#imaging/restore/salvaged-source.ts";

/**
 * The partition table of an image, made to fit the target, or made anew for another layout, as the last writes of a
 * restore. A whole-disk image carries its table in its chunks and needs none where the sizes are equal.
 * @param onDamage with it, a table that is damaged in the image is made from what is left of it: the other copy of a GPT,
 * and what the manifest says
 * @throws CHUNK_DAMAGED, TABLE_DAMAGED, TARGET_TOO_SMALL
 */
export async function tableWrites(
  image: Restorable,
  { targetSize, layout }: { targetSize: number; layout?: PlannedLayout | undefined },
  onDamage?: OnDamage,
): Promise<TableWrite[]> {
  const { manifest } = image;
  if (layout?.tableType === "none") return []; // somebody else's table has the partition already
  const tableLayout = layout && { ...layout, tableType: layout.tableType };
  const place = (table: PartitionTable) =>
    tableLayout ? layoutTable(tableLayout, table) : placeTable(table, targetSize);
  const isWholeDisk = manifest.regions.some((region) => region.kind === "disk");
  if (manifest.table.type === "none" || (isWholeDisk && targetSize === manifest.disk.size)) return [];
  if (!onDamage || !isImage(image)) {
    using source = isImage(image) ? openImageDevice(image) : openDiskSource(image);
    return place(await readPartitionTable(source));
  }
  let damaged = 0;
  using source = openImageDevice(image, (table, problem) => {
    damaged++;
    onDamage(table, problem);
  });
  const device = await withFirstSector(source, manifest, () => damaged > 0);
  return place(await readPartitionTable(device));
}
