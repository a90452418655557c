import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readBytes } from "#imaging/device/block-device.ts";
import { readLayout } from "#imaging/filesystem/fat/layout.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { fat, notCopied, shapeOf } from "#imaging/resize/fat/fat.ts";
import { clusterSizeAt, type FatShape } from "#imaging/resize/fat/fat-shape.ts";
import { type FatEntry, fatTree } from "#imaging/resize/fat/fat-tree.ts";
import { NamesToCopy } from "#imaging/resize/fat/names-to-copy.ts";
import { withPrivateFolder } from "#imaging/resize/private-mount.ts";
import { reasonIn, resizeFailed, unsound } from "#imaging/resize/problems.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { toolDevice } from "#imaging/resize/tool-device.ts";

const PURPOSE = "make a FAT volume anew";

/**
 * As rebuild() in rebuild.ts. mtools keeps contents, names, attributes and the times of the last change; the times at
 * which files were made become the same, short names of files with a long one are given anew, and what a boot sector
 * starts is mkfs.fat's "not a bootable disk".
 */
export async function rebuildFat(
  source: VolumeFile,
  target: VolumeFile,
  filesystem: Filesystem,
  signal: AbortSignal,
): Promise<void> {
  const failed = (reason: string) => resizeFailed(source, target.size, reason);
  await fat.check(source, signal);
  const device = toolDevice(source, signal);
  const layout = await readLayout(device);
  if (!layout) throw unsound(source, "fsck.fat", "it has no boot sector");
  const reason = notCopied(layout, filesystem.label);
  if (reason !== undefined) throw failed(reason);
  const before = await list(source, signal);
  const names = new NamesToCopy();
  for (const entry of before) names.add(entry);
  if (names.problem !== undefined) throw failed(names.problem);
  const shape = shapeOf(layout, target.sectorSize);
  const clusterSize = clusterSizeAt(shape, target.size, target.sectorSize);
  if (clusterSize === undefined) throw failed(`FAT${layout.bits} cannot have this size`);
  const hidden = new DataView((await readBytes(device, 28, 4)).buffer).getUint32(0, true);
  await make(source, target, filesystem, { ...shape, clusterSize, hidden }, signal);
  const made = await readLayout(toolDevice(target, signal));
  if (made?.bits !== layout.bits) throw failed(`mkfs.fat made a FAT${made?.bits}, and it was a FAT${layout.bits}`);
  await copyFiles(source, target, signal);
  const difference = firstDifference(before, await list(target, signal));
  if (difference !== undefined) throw failed(`mtools did not copy ${difference} as it was`);
}

interface Made extends FatShape {
  /** Sectors in front of the partition, as the boot sector has them: programs that it starts may count on it. */
  readonly hidden: number;
}

async function make(
  source: VolumeFile,
  target: VolumeFile,
  { uuid, label }: Filesystem,
  { bits, clusterSize, fats, rootLength, hidden }: Made,
  signal: AbortSignal,
): Promise<void> {
  const { sectorSize } = target;
  const args = [
    ...["-I", "-F", `${bits}`, "-S", `${sectorSize}`, "-s", `${clusterSize / sectorSize}`, "-f", `${fats}`],
    ...["-h", `${hidden}`, ...(bits === 32 ? [] : ["-r", `${rootLength / 32}`])],
    ...(uuid === undefined ? [] : ["-i", uuid.replace("-", "")]),
    ...[...(label === undefined ? [] : ["-n", label]), target.path],
  ];
  const result = await runToEnd("mkfs.fat", args, { purpose: PURPOSE, signal });
  if (result.status !== 0)
    throw resizeFailed(source, target.size, `mkfs.fat: ${reasonIn(result, /^mkfs\.fat \d|lowercase labels|^$/)}`);
}

/**
 * From one to the other, without files of ours between them, which could not have all attributes. In UTF-8, as names
 * are of any letters; in UTC, so that no summer time is added.
 */
async function copyFiles(source: VolumeFile, target: VolumeFile, signal: AbortSignal): Promise<void> {
  const result = await withPrivateFolder(async (folder) => {
    const settings = join(folder, "mtoolsrc");
    const drives = `drive a: file=${quoted(source.path)}\ndrive b: file=${quoted(target.path)}\n`;
    await writeFile(settings, `mtools_skip_check=1\n${drives}`);
    const environment = { MTOOLSRC: settings, LC_ALL: "C.UTF-8", TZ: "UTC" };
    // Short names that are taken already get a number (-D A).
    // Not with -b, which is quicker, and fails from one volume to another ("Internal error, size too big", 4.0.32).
    const args = ["-s", "-p", "-m", "-Q", "-D", "A", "a:/", "b:/"];
    return await runToEnd("mcopy", args, { purpose: PURPOSE, signal, environment });
  });
  if (result.status !== 0 || result.stderr !== "")
    throw resizeFailed(source, target.size, `mcopy: ${reasonIn(result)}`);
}

/** As mtools(1) reads its settings: a word in quotation marks ends at the next one, and has no escapes. */
function quoted(path: string): string {
  if (/["\n]/.test(path)) throw new Error(`mtools cannot be told of ${path}`);
  return `"${path}"`;
}

async function list(volume: VolumeFile, signal: AbortSignal): Promise<FatEntry[]> {
  return await Array.fromAsync(fatTree(toolDevice(volume, signal)));
}

/** mtools says little of what it changes: so both are looked at. @returns the path of the first that differs */
export function firstDifference(before: readonly FatEntry[], after: readonly FatEntry[]): string | undefined {
  const copies = new Map(after.map((entry) => [entry.path, entry]));
  const isCopied = (entry: FatEntry) => {
    const copy = copies.get(entry.path);
    const isSame = copy?.attributes === entry.attributes && copy.size === entry.size;
    return isSame && (copy.modified === entry.modified || !isDate(entry.modified));
  };
  return before.find((entry) => !isCopied(entry))?.path ?? (copies.size > before.length ? "/" : undefined);
}

/** Month and day count from 1. Who has no clock writes zeros, which mtools makes a date of. */
const isDate = (modified: number): boolean => ((modified >>> 21) & 0xf) !== 0 && ((modified >>> 16) & 0x1f) !== 0;
