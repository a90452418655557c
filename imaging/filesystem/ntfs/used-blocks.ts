import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { addSetBits } from "#imaging/filesystem/bitmap.ts";
import type { Filesystem, FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { HIBERNATION_TEXT, readHibernation } from "#imaging/filesystem/ntfs/hibernation.ts";
import { type NtfsLayout, readLayout } from "#imaging/filesystem/ntfs/layout.ts";
import { MasterFileTable, type Value } from "#imaging/filesystem/ntfs/mft.ts";
import { isDirty, isLogClosed } from "#imaging/filesystem/ntfs/state.ts";
import { ATTRIBUTE, FILE } from "#imaging/filesystem/ntfs/structs.ts";
import { damaged, rawMap, unlessForeign, WINDOW } from "#imaging/filesystem/volume.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { stateWords } from "#imaging/words/state-words.ts";

export const ntfs: FilesystemDriver = { types: ["ntfs"], detect, mapUsed };

function detect(volume: ReadableDevice): Promise<Filesystem | undefined> {
  return unlessForeign(async () => {
    const layout = await readLayout(volume);
    if (!layout) return undefined;
    const mft = await unlessForeign(() => MasterFileTable.open(volume, layout));
    return {
      type: "ntfs",
      uuid: layout.serial.toString(16).toUpperCase().padStart(16, "0"),
      label: mft && (await unlessForeign(() => readLabel(mft))),
      blockSize: layout.clusterSize,
      // Whole clusters only: what is left of the last one, and the copy of the boot sector, are the partition's tail.
      size: layout.clusters * layout.clusterSize,
      warnings: mft ? await warningsOf(mft, layout) : [stateWords["state.file-table"]],
    };
  });
}

async function readLabel(mft: MasterFileTable): Promise<string | undefined> {
  const value = await mft.value(FILE.volume, ATTRIBUTE.volumeName);
  return value?.kind === "resident" ? new TextDecoder("utf-16le").decode(value.bytes) || undefined : undefined;
}

async function warningsOf(mft: MasterFileTable, { clusterSize }: NtfsLayout): Promise<string[]> {
  const warnings: string[] = [];
  const hibernated = HIBERNATION_TEXT[(await unlessForeign(() => readHibernation(mft, clusterSize))) ?? "unknown"];
  if (hibernated) warnings.push(stateWords["state.with-session"]({ session: hibernated }));
  else if ((await unlessForeign(() => isLogClosed(mft))) !== true) warnings.push(stateWords["state.unclean-ntfs"]);
  if ((await unlessForeign(() => isDirty(mft))) !== false) warnings.push(stateWords["state.dirty"]);
  return warnings;
}

/** $Bitmap has one bit for each cluster. It is read in windows: on 16 TiB of 4 KiB clusters it has 512 MiB. */
async function mapUsed(volume: ReadableDevice): Promise<UsedMap> {
  const layout = await readLayout(volume);
  if (!layout) throw damaged(volume, "ntfs", 0, "no boot sector");
  const { clusters, clusterSize } = layout;
  if (clusters * clusterSize > volume.size)
    throw damaged(volume, "ntfs", 0, "the file system is larger than its partition");
  const mft = await MasterFileTable.open(volume, layout);
  // Windows' memory may hold allocations that no structure on the disk has, whatever its log says.
  const hibernated = HIBERNATION_TEXT[await readHibernation(mft, clusterSize)];
  if (hibernated) return rawMap(volume, hibernated);
  // An open log may hold allocations that $Bitmap on disk lacks: Windows would replay them onto clusters left out here.
  if (!(await isLogClosed(mft))) return rawMap(volume, rawWords["raw.unclean-ntfs"]);
  // Set while chkdsk has something to repair, which may be $Bitmap. partclone and ntfsclone refuse such a volume too.
  if (await isDirty(mft)) return rawMap(volume, rawWords["raw.dirty"]);
  const bitmap = await mft.value(FILE.bitmap, ATTRIBUTE.data);
  const size = bitmap?.kind === "resident" ? bitmap.bytes.length : (bitmap?.dataSize ?? 0);
  if (!bitmap || size < Math.ceil(clusters / 8))
    throw damaged(volume, "ntfs", layout.mftOffset, "$Bitmap has fewer bits than there are clusters");
  const extents = ExtentList.covering();
  const window = new Uint8Array(Math.min(WINDOW, Math.ceil(clusters / 8)));
  for (let first = 0; first < clusters; first += WINDOW * 8) {
    const bits = Math.min(WINDOW * 8, clusters - first);
    const length = Math.ceil(bits / 8);
    const part = await mft.read(bitmap, first / 8, length, window.subarray(0, length));
    addSetBits(extents, { bitmap: part, bits, origin: first * clusterSize, unit: clusterSize });
  }
  const table = await mft.value(FILE.mft, ATTRIBUTE.data);
  const known = [{ lcn: 0, length: 1 }, ...runsOf(table), ...runsOf(bitmap)];
  if (known.some(({ lcn, length }) => !extents.covers(lcn * clusterSize, (lcn + length) * clusterSize)))
    throw damaged(volume, "ntfs", layout.mftOffset, "$Bitmap calls the boot sector, $MFT or itself free");
  return { mode: "used-blocks", extents };
}

const runsOf = (value: Value | undefined): { lcn: number; length: number }[] =>
  value?.kind === "non-resident"
    ? value.runs.flatMap(({ lcn, length }) => (lcn === undefined ? [] : [{ lcn, length }]))
    : [];
