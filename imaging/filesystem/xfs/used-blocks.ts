import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { damaged, rawMap } from "#imaging/filesystem/volume.ts";
import { detectXfs, unreadableReason } from "#imaging/filesystem/xfs/detect.ts";
import { addGroup } from "#imaging/filesystem/xfs/free-space.ts";
import { blockOffset, readLayout, type XfsLayout } from "#imaging/filesystem/xfs/layout.ts";
import { isLogClean } from "#imaging/filesystem/xfs/log.ts";
import { rawWords } from "#imaging/words/raw-words.ts";

export const xfs: FilesystemDriver = { types: ["xfs"], detect: detectXfs, mapUsed };

async function mapUsed(volume: ReadableDevice): Promise<UsedMap> {
  const layout = await readLayout(volume);
  if (!layout) throw damaged(volume, "xfs", 0, "no superblock");
  if (!layout.superblockSound) throw damaged(volume, "xfs", 0, "the superblock does not match its checksum");
  const unreadable = unreadableReason(layout);
  if (unreadable) return rawMap(volume, unreadable);
  if (layout.sb.blocks * layout.blockSize > volume.size)
    throw damaged(volume, "xfs", 0, "the file system is larger than its partition");
  // The trees on disk are behind the log: what was allocated before a crash may still be free in them.
  if (!(await isLogClean(volume, layout))) return rawMap(volume, rawWords["raw.unclean-log"]);
  const used = ExtentList.covering();
  for (let group = 0; group < layout.sb.agCount; group++) await addGroup(used, volume, layout, group);
  for (const [what, start, end] of knownBlocks(layout))
    if (!used.covers(start, end)) throw damaged(volume, "xfs", start, `its free space trees call ${what} free`);
  return { mode: "used-blocks", extents: used };
}

/** What must be in use whatever else is: a check that trees and superblock are of one file system. */
function knownBlocks(layout: XfsLayout): [string, number, number][] {
  const { sb, blockSize } = layout;
  const log = blockOffset(layout, sb.logStart);
  const root = blockOffset(layout, Math.floor(sb.rootInode / 2 ** sb.inodesPerBlockLog));
  return [
    ["the log", log, log + sb.logBlocks * blockSize],
    ["the root directory", root, root + blockSize],
  ];
}
