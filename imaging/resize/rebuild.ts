import type { Filesystem, FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { rebuildFat } from "#imaging/resize/fat/rebuild-fat.ts";
import { resizeFailed } from "#imaging/resize/problems.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { rebuildSwap } from "#imaging/resize/swap.ts";
import { rebuildXfs } from "#imaging/resize/xfs/rebuild-xfs.ts";

type Rebuild = (source: VolumeFile, target: VolumeFile, filesystem: Filesystem, signal: AbortSignal) => Promise<void>;

const REBUILDS: Partial<Record<FilesystemType, Rebuild>> = { vfat: rebuildFat, xfs: rebuildXfs, swap: rebuildSwap };

/**
 * Makes a file system anew on a volume of another size or with other sectors, with the identity and the features that
 * it has, and copies its files. It fills the target.
 * @param source is only read
 * @param target blank; what it holds is lost
 * @param filesystem what the source holds
 * @throws FILESYSTEM_UNSOUND when the source is damaged; RESIZE_FAILED, also where it cannot be rebuilt or does not fit;
 * TOOL_MISSING, TOOL_FAILED; the signal's reason
 */
export async function rebuild(
  source: VolumeFile,
  target: VolumeFile,
  filesystem: Filesystem,
  signal: AbortSignal,
): Promise<void> {
  const make = REBUILDS[filesystem.type];
  if (!make) throw resizeFailed(source, target.size, `${filesystem.type} is not made anew`);
  await make(source, target, filesystem, signal);
}
