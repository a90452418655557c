import { placeTable, readPartitionTable, type TableWrite } from "#imaging/disk/partition-table.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import type { Image } from "#imaging/image/image-reader.ts";

/**
 * The partition table of an image, made to fit the target, as the last writes of a restore. A whole-disk image
 * carries its table in its chunks and needs none where the sizes are equal.
 * @throws CHUNK_DAMAGED, TABLE_DAMAGED, TARGET_TOO_SMALL
 */
export async function tableWrites(image: Image, targetSize: number): Promise<TableWrite[]> {
  const { manifest } = image;
  const isWholeDisk = manifest.regions.some((region) => region.kind === "disk");
  if (manifest.table.type === "none" || (isWholeDisk && targetSize === manifest.disk.size)) return [];
  using source = openImageDevice(image);
  return placeTable(await readPartitionTable(source), targetSize);
}
