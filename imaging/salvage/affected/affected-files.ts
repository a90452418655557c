import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import { BadRanges, withHoles } from "#imaging/salvage/affected/bad-ranges.ts";
import { affectedInExfat } from "#imaging/salvage/affected/exfat.ts";
import { affectedInExt } from "#imaging/salvage/affected/ext.ts";
import { affectedInFat } from "#imaging/salvage/affected/fat.ts";
import { type AffectedFiles, Findings, WalkEnded } from "#imaging/salvage/affected/findings.ts";
import { affectedInNtfs } from "#imaging/salvage/affected/ntfs.ts";

export type { AffectedFile, AffectedFiles } from "#imaging/salvage/affected/findings.ts";

type Walk = (volume: ReadableDevice, findings: Findings) => Promise<void>;

const WALKS: Partial<Record<FilesystemType, Walk>> = {
  ext2: affectedInExt,
  ext3: affectedInExt,
  ext4: affectedInExt,
  ntfs: affectedInNtfs,
  vfat: affectedInFat,
  exfat: affectedInExfat,
};

/** What the user can do where files cannot be named. */
const ADVICE: Partial<Record<FilesystemType, string>> = {
  btrfs: "run `btrfs scrub start -B MOUNTPOINT` after the restore: it finds them by their checksums",
  xfs: "run `xfs_repair` after the restore, and compare the files with a backup",
  f2fs: "run `fsck.f2fs` after the restore, and compare the files with a backup",
  ReFS: "Windows finds them by their checksums when they are read",
  apfs: "run Disk Utility's First Aid after the restore, and compare the files with a backup",
  hfsplus: "run Disk Utility's First Aid after the restore, and compare the files with a backup",
};

/** A walk over a disk of many terabytes that is nothing but small files takes about as long. */
const MOST_TIME = 10 * 60_000;

/**
 * Names the files of a volume that lie on bytes which could not be read. The volume is a disk's slice or one of an image;
 * the bad bytes are not read again, and taken as zeros. All of the file system's metadata may be read for it.
 *
 * @param bad bytes of the volume
 * @param milliseconds how long it may take; what was found until then counts
 */
export async function affectedFiles(
  volume: ReadableDevice,
  type: FilesystemType | undefined,
  bad: Iterable<Extent>,
  milliseconds = MOST_TIME,
): Promise<AffectedFiles> {
  const ranges = new BadRanges(bad);
  if (ranges.bytes === 0) return { files: [], more: 0, notes: [] };
  const walk = type && WALKS[type];
  if (!walk) return { files: [], more: 0, notes: [cannotTell(type)] };
  const findings = new Findings(ranges, milliseconds);
  try {
    await walk(withHoles(volume, ranges), findings);
  } catch (error) {
    if (error instanceof WalkEnded) findings.note(`not all affected files can be named: ${error.message}`);
    else if (isUnreadable(error)) findings.note(`not all affected files can be named: ${error.text}`);
    else throw error;
  }
  return findings.result();
}

function cannotTell(type: FilesystemType | undefined): string {
  if (type === undefined) return "no file system was recognised: which files are affected cannot be told";
  const advice = ADVICE[type];
  return `which files are affected cannot be told for ${type}${advice ? `: ${advice}` : ""}`;
}
