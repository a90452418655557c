import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { btrfs } from "#imaging/resize/btrfs.ts";
import { exfat } from "#imaging/resize/exfat.ts";
import { ext } from "#imaging/resize/ext/ext.ts";
import { f2fs } from "#imaging/resize/f2fs.ts";
import { fat } from "#imaging/resize/fat/fat.ts";
import { ntfs } from "#imaging/resize/ntfs.ts";
import type { Resizer } from "#imaging/resize/resizer.ts";
import { swap } from "#imaging/resize/swap.ts";
import { xfs } from "#imaging/resize/xfs/xfs.ts";

const RESIZERS: readonly Resizer[] = [ext, ntfs, btrfs, xfs, fat, exfat, f2fs, swap];

/** @returns undefined for what keeps its size: containers, file systems of other systems, and what is read-only by nature */
export const resizerOf = (type: FilesystemType): Resizer | undefined =>
  RESIZERS.find(({ types }) => types.includes(type));
