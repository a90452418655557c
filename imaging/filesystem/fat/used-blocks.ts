import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { detectFat } from "#imaging/filesystem/fat/detect.ts";
import { clusterOffset, type FatLayout, fatEntry, readLayout } from "#imaging/filesystem/fat/layout.ts";
import type { FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { damaged, readWithin, WINDOW } from "#imaging/filesystem/volume.ts";

export const fat: FilesystemDriver = { types: ["vfat"], detect: detectFat, mapUsed };

/** A multiple of 3 and of 4 below WINDOW: no entry of 12 or 32 bits lies across two pieces. */
const PIECE = Math.floor(WINDOW / 12) * 12;

/** Reserved sectors (with FSInfo and the backup boot sector of FAT32), FATs, root directory, and clusters in use. */
async function mapUsed(volume: ReadableDevice): Promise<UsedMap> {
  const layout = await readLayout(volume);
  if (!layout) throw damaged(volume, "vfat", 0, "no boot sector");
  if (layout.size > volume.size) throw damaged(volume, "vfat", 0, "the file system is larger than its partition");
  const entries = layout.clusters + 2;
  if (Math.ceil((entries * layout.bits) / 8) > layout.fatLength)
    throw damaged(volume, "vfat", layout.fatOffset, "the FAT has fewer entries than there are clusters");
  const extents = ExtentList.covering();
  extents.add(0, layout.dataOffset);
  const perPiece = (PIECE * 8) / layout.bits;
  for (let first = 0; first < entries; first += perPiece)
    await addClusters(extents, volume, layout, first, Math.min(first + perPiece, entries));
  // Sectors behind the last whole cluster belong to no file; they are few, and something may have been left there.
  extents.add(clusterOffset(layout, entries), layout.size);
  return { mode: "used-blocks", extents };
}

async function addClusters(extents: ExtentList, volume: ReadableDevice, layout: FatLayout, first: number, end: number) {
  const { bits, clusterSize } = layout;
  const offset = layout.fatOffset + (first * bits) / 8;
  const piece = await readWithin(volume, "vfat", offset, Math.ceil(((end - first) * bits) / 8), "the FAT");
  const view = new DataView(piece.buffer);
  const bad = bits === 32 ? 0x0ffffff7 : bits === 16 ? 0xfff7 : 0xff7;
  for (let cluster = Math.max(first, 2); cluster < end; cluster++) {
    const value = fatEntry(view, bits, cluster - first);
    if (value === 0 || value === bad) continue;
    const start = clusterOffset(layout, cluster);
    extents.add(start, start + clusterSize);
  }
}
