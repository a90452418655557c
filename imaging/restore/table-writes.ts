import { placeTable, readPartitionTable, type TableWrite } from "#imaging/disk/partition-table.ts";
import { type OnDamage, openImageDevice } from "#imaging/image/image-device.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import { withFirstSector } from "#imaging/restore/salvaged-source.ts";

/**
 * The partition table of an image, made to fit the target, as the last writes of a restore. A whole-disk image
 * carries its table in its chunks and needs none where the sizes are equal.
 * @param onDamage with it, a table that is damaged in the image is made from what is left of it: the other copy of a GPT,
 * and what the manifest says
 * @throws CHUNK_DAMAGED, TABLE_DAMAGED, TARGET_TOO_SMALL
 */
export async function tableWrites(image: Image, targetSize: number, onDamage?: OnDamage): Promise<TableWrite[]> {
  const { manifest } = image;
  const isWholeDisk = manifest.regions.some((region) => region.kind === "disk");
  if (manifest.table.type === "none" || (isWholeDisk && targetSize === manifest.disk.size)) return [];
  if (!onDamage) {
    using source = openImageDevice(image);
    return placeTable(await readPartitionTable(source), targetSize);
  }
  let damaged = 0;
  using source = openImageDevice(image, (table, problem) => {
    damaged++;
    onDamage(table, problem);
  });
  const device = await withFirstSector(source, manifest, () => damaged > 0);
  return placeTable(await readPartitionTable(device), targetSize);
}
