import { statfs } from "node:fs/promises";
import { dirname } from "node:path";

/** statfs(2): file systems of the FAT family, whose files end below 4 GiB. */
const MSDOS_SUPER_MAGIC = 0x4d44;
/** The most of a FAT file that is a whole number of our pages: 4 GiB less 4 KiB. */
const FAT_VOLUME_SIZE = 2 ** 32 - 4096;

/** @returns `asked`, or for a place that cannot hold large files the size at which the image is split; 0 = no limit */
export async function volumeSizeFor(path: string, asked: number): Promise<number> {
  const found = await statfs(dirname(path)).catch(() => undefined);
  if (found?.type !== MSDOS_SUPER_MAGIC) return asked;
  return asked === 0 ? FAT_VOLUME_SIZE : Math.min(asked, FAT_VOLUME_SIZE);
}
