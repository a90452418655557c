import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { clusterOffset, type FatLayout, fatEntry, readLayout } from "#imaging/filesystem/fat/layout.ts";
import { directoryEntry } from "#imaging/filesystem/fat/structs.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { unlessForeign } from "#imaging/filesystem/volume.ts";
import { stateWords } from "#imaging/words/state-words.ts";

/** A root directory is followed so far for its label, which is nearly always the first entry. */
const MAX_ROOT_CLUSTERS = 100;

export const detectFat = (volume: ReadableDevice): Promise<Filesystem | undefined> =>
  unlessForeign(async () => {
    const layout = await readLayout(volume);
    if (!layout) return undefined;
    const serial = layout.serial?.toString(16).toUpperCase().padStart(8, "0");
    return {
      type: "vfat",
      uuid: serial && `${serial.slice(0, 4)}-${serial.slice(4)}`,
      label: await unlessForeign(() => readLabel(volume, layout)),
      blockSize: layout.clusterSize,
      size: layout.size,
      warnings: (await unlessForeign(() => warningsOf(volume, layout))) ?? [],
    };
  });

/** FAT[1] holds two flags, set while all is well. FAT12 has none. */
async function warningsOf(volume: ReadableDevice, layout: FatLayout): Promise<string[]> {
  const entry = layout.bits === 12 ? undefined : fatEntry(await readFat(volume, layout, 0, 2), layout.bits, 1);
  const flag = (fromTop: number) =>
    entry === undefined || (entry & (1 << ((layout.bits === 32 ? 28 : 16) - fromTop))) !== 0;
  const warnings: string[] = [];
  if (layout.dirty || !flag(1)) warnings.push(stateWords["state.unclean-chkdsk"]({ tool: "fsck.fat" }));
  if (!flag(2)) warnings.push(stateWords["state.disk-errors"]({ tool: "fsck.fat" }));
  return warnings;
}

async function readFat(volume: ReadableDevice, layout: FatLayout, first: number, count: number): Promise<DataView> {
  const bytes = await readBytes(
    volume,
    layout.fatOffset + (first * layout.bits) / 8,
    Math.ceil((count * layout.bits) / 8),
  );
  return new DataView(bytes.buffer);
}

async function readLabel(volume: ReadableDevice, layout: FatLayout): Promise<string | undefined> {
  if (layout.bits !== 32) return labelIn(await readBytes(volume, layout.rootOffset, layout.rootLength)).label;
  let cluster = layout.rootCluster;
  for (let n = 0; n < MAX_ROOT_CLUSTERS && cluster >= 2 && cluster < layout.clusters + 2; n++) {
    const { label, ended } = labelIn(await readBytes(volume, clusterOffset(layout, cluster), layout.clusterSize));
    if (ended) return label;
    cluster = fatEntry(await readFat(volume, layout, cluster, 1), 32, 0);
  }
  return undefined;
}

function labelIn(directory: Uint8Array): { label?: string; ended: boolean } {
  for (let at = 0; at + directoryEntry.size <= directory.length; at += directoryEntry.size) {
    const { name, attributes } = directoryEntry.parse(directory.subarray(at));
    if (name[0] === 0) return { ended: true };
    if (name[0] === 0xe5 || (attributes & 0x3f) === 0x0f || !(attributes & 0x08)) continue;
    const label = String.fromCharCode(...name).trimEnd();
    return label && label !== "NO NAME" ? { label, ended: true } : { ended: true };
  }
  return { ended: false };
}
