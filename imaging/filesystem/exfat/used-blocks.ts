import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { addSetBits } from "#imaging/filesystem/bitmap.ts";
import {
  clusterOffset,
  type ExfatLayout,
  hasExfatName,
  readFat,
  readLayout,
} from "#imaging/filesystem/exfat/layout.ts";
import { type RootDirectory, readRoot } from "#imaging/filesystem/exfat/root.ts";
import type { Filesystem, FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { damaged, named, rawMap, readWithin, unlessForeign, WINDOW } from "#imaging/filesystem/volume.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { stateWords } from "#imaging/words/state-words.ts";

export const exfat: FilesystemDriver = { types: ["exfat"], detect, mapUsed };

function detect(volume: ReadableDevice): Promise<Filesystem | undefined> {
  return unlessForeign(async () => {
    if (!(await hasExfatName(volume))) return undefined;
    const layout = await unlessForeign(() => readLayout(volume));
    if (!layout)
      return {
        ...named(volume, "exfat"),
        warnings: [stateWords["state.boot-sectors"]({ tool: "fsck.exfat" })],
      };
    const root = await unlessForeign(() => readRoot(volume, layout));
    const serial = layout.serial.toString(16).toUpperCase().padStart(8, "0");
    return {
      type: "exfat",
      uuid: `${serial.slice(0, 4)}-${serial.slice(4)}`,
      label: root?.label,
      blockSize: layout.clusterSize,
      size: layout.size,
      warnings: warningsOf(layout, root),
    };
  });
}

function warningsOf(layout: ExfatLayout, root: RootDirectory | undefined): string[] {
  const warnings: string[] = [];
  if (layout.fromBackup) warnings.push(stateWords["state.first-boot-sectors"]({ tool: "fsck.exfat" }));
  else if (layout.dirty) warnings.push(stateWords["state.unclean-chkdsk"]({ tool: "fsck.exfat" }));
  if (layout.mediaFailure) warnings.push(stateWords["state.disk-errors"]({ tool: "fsck.exfat" }));
  if (!root?.bitmap) warnings.push(stateWords["state.root"]({ tool: "fsck.exfat" }));
  return warnings;
}

/** Everything in front of the cluster heap, and the clusters that the allocation bitmap calls used. */
async function mapUsed(volume: ReadableDevice): Promise<UsedMap> {
  const layout = await readLayout(volume);
  if (layout.size > volume.size) throw damaged(volume, "exfat", 0, "the file system is larger than its partition");
  // The flags of a backup are never brought up to date (section 3.1.13): whether it is clean cannot be told from it.
  if (layout.fromBackup) return rawMap(volume, rawWords["raw.backup-only"]);
  if (layout.dirty) return rawMap(volume, rawWords["raw.unclean-clusters"]);
  if (layout.fats !== 1) return rawMap(volume, rawWords["raw.texfat"]);
  const root = await readRoot(volume, layout);
  const bitmap = await bitmapPlace(volume, layout, root);
  const extents = ExtentList.covering();
  extents.add(0, layout.heapOffset);
  for (let first = 0; first < layout.clusters; first += WINDOW * 8) {
    const bits = Math.min(WINDOW * 8, layout.clusters - first);
    const part = await readWithin(volume, "exfat", bitmap.start + first / 8, Math.ceil(bits / 8), "the bitmap");
    addSetBits(extents, { bitmap: part, bits, origin: clusterOffset(layout, first + 2), unit: layout.clusterSize });
  }
  const known = [bitmap, upcasePlace(volume, layout, root), ...root.runs.map((run) => placeOf(layout, run))];
  if (known.some(({ start, end }) => !extents.covers(start, end)))
    throw damaged(volume, "exfat", bitmap.start, "its map of used clusters calls itself or the root directory free");
  return { mode: "used-blocks", extents };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

const placeOf = (layout: ExfatLayout, run: { readonly first: number; readonly end: number }): Place => ({
  start: clusterOffset(layout, run.first),
  end: clusterOffset(layout, run.end),
});

/**
 * Linux and exfatprogs read the bitmap as one piece, whatever the FAT says of it: one that is not, or that the FAT
 * contradicts, is not to be trusted.
 */
async function bitmapPlace(volume: ReadableDevice, layout: ExfatLayout, { bitmap }: RootDirectory): Promise<Place> {
  const fail = (problem: string) => damaged(volume, "exfat", clusterOffset(layout, layout.rootCluster), problem);
  if (!bitmap) throw fail("the root directory does not say where the map of used clusters is");
  const first = bitmap.firstCluster;
  const count = Math.ceil(bitmap.length / layout.clusterSize);
  if (bitmap.length < Math.ceil(layout.clusters / 8)) throw fail("the map of used clusters is too short");
  if (first < 2 || first + count > layout.clusters + 2) throw fail(`map of used clusters at cluster ${first}`);
  for (let at = first; at < first + count; at += WINDOW / 4) {
    const part = Math.min(WINDOW / 4, first + count - at);
    const fat = await readFat(volume, layout, at, part);
    for (let i = 0; i < part; i++) {
      const next = fat.getUint32(i * 4, true);
      const ends = at + i === first + count - 1;
      if (ends ? next < 0xfffffff8 : next !== at + i + 1) throw fail("the map of used clusters lies in pieces");
    }
  }
  return placeOf(layout, { first, end: first + count });
}

function upcasePlace(volume: ReadableDevice, layout: ExfatLayout, { upcase }: RootDirectory): Place {
  const first = upcase?.firstCluster ?? 0;
  if (first < 2 || first >= layout.clusters + 2)
    throw damaged(volume, "exfat", clusterOffset(layout, layout.rootCluster), "it has no up-case table");
  return placeOf(layout, { first, end: first + 1 });
}
