import { BANNER, checkExt, dumpSuperblock, repairExt, withCleanCopy } from "#imaging/resize/ext/check-ext.ts";
import { reasonIn, resizeFailed } from "#imaging/resize/problems.ts";
import { fixedAt, type OnProgress, type Resizer, type SizeLimits, type VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

export const ext: Resizer = {
  types: ["ext2", "ext3", "ext4"],
  way: { smaller: "in-place", larger: "in-place" },
  limits,
  resize,
  check: checkExt,
};

const PURPOSE = "resize an ext file system";

/**
 * What resize2fs(8) -P says is enough for itself, but it leaves not a block for what comes next. This share of it, and
 * at least so much, is left over.
 */
const RESERVE_SHARE = 1 / 64;
const LEAST_RESERVE = 2 << 20;

async function limits(volume: VolumeFile, signal?: AbortSignal): Promise<SizeLimits> {
  const superblock = await dumpSuperblock(volume, signal);
  if (superblock.features.includes("bigalloc")) return fixedAt(superblock.size, BIGALLOC);
  const most = mostOf(superblock);
  const smallest = await withCleanCopy(volume, superblock, (path) => askSmallest(path, signal), signal);
  if (smallest === "no room")
    return {
      ...{ least: superblock.size, most },
      notSmaller: limitWords["limit.ext-unclean"],
    };
  if (typeof smallest !== "number") return fixedAt(superblock.size, smallest.reason);
  const bytes = smallest * superblock.blockSize;
  const least = Math.ceil(bytes + Math.max(LEAST_RESERVE, bytes * RESERVE_SHARE));
  if (least < superblock.size) return { least: roundUp(least, superblock.blockSize), most };
  return { least: superblock.size, most, notSmaller: limitWords["limit.nearly-full"] };
}

/** resize2fs(8) says that this "has not been fully tested", and wants to be forced to it. */
const BIGALLOC = limitWords["limit.bigalloc"];

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

/** By resize2fs(8) -P, which opens it for reading only. @returns blocks */
async function askSmallest(path: string, signal?: AbortSignal): Promise<number | { reason: string }> {
  const result = await runToEnd("resize2fs", ["-P", path], { purpose: PURPOSE, signal });
  const found = /minimum size of the filesystem: (\d+)/.exec(result.stdout)?.[1];
  return found === undefined ? { reason: `resize2fs: ${reasonIn(result, BANNER)}` } : Number(found);
}

/**
 * Block numbers have 32 bits without the feature 64bit, and resize2fs does not add it; inode numbers have 32 always,
 * and each group brings its own (ext4(5); Linux, Documentation/filesystems/ext4/overview.rst).
 */
function mostOf({ blockSize, blocksPerGroup, inodesPerGroup, features }: Awaited<ReturnType<typeof dumpSuperblock>>) {
  const byBlocks = features.includes("64bit") ? Number.POSITIVE_INFINITY : (2 ** 32 - 1) * blockSize;
  const groups = Math.floor((2 ** 32 - 1) / inodesPerGroup);
  return Math.min(byBlocks, groups * blocksPerGroup * blockSize);
}

/** resize2fs(8) wants a volume that e2fsck(8) -f has just found clean. */
async function resize(volume: VolumeFile, size: number, signal?: AbortSignal, onProgress?: OnProgress): Promise<void> {
  await repairExt(volume, signal);
  const options = { purpose: PURPOSE, signal, ...(onProgress && { onOutput: progressOf(onProgress) }) };
  const result = await runToEnd("resize2fs", ["-p", volume.path, `${Math.floor(size / 512)}s`], options);
  if (result.status !== 0) throw resizeFailed(volume, size, `resize2fs: ${reasonIn(result, BANNER)}`);
}

/** Each pass has a bar of 40 dashes, which an X after the other takes the place of (resize2fs, sim_progress.c). */
function progressOf(onProgress: OnProgress): (text: string) => void {
  let done = 0;
  return (text) => {
    for (const character of text) {
      if (character === "-") done = 0;
      if (character === "X") onProgress(Math.min(1, ++done / 40));
    }
  };
}
