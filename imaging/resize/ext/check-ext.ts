import { join } from "node:path";
import { withPrivateFolder } from "#imaging/resize/private-mount.ts";
import { reasonIn, unsound } from "#imaging/resize/problems.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd, type ToolResult } from "#imaging/resize/run-to-end.ts";

/** Their first line, on standard error. */
export const BANNER = /^(resize2fs|e2fsck|e2image) \d/;
const PURPOSE = "check an ext file system";
/** e2fsck(8), EXIT CODE: 1 errors corrected, 2 the same and the system should be rebooted, 4 errors left uncorrected. */
const UNCORRECTED = 4;
const NOISE = new RegExp(`${BANNER.source}|^Pass \\d|^Warning: skipping journal recovery|^$`);

export interface ExtSuperblock {
  readonly size: number;
  readonly blockSize: number;
  readonly blocksPerGroup: number;
  readonly inodesPerGroup: number;
  readonly features: readonly string[];
  /** It says so itself. Then all that is wrong with it is damage. */
  readonly isClean: boolean;
}

/** By dumpe2fs(8) -h. @throws FILESYSTEM_UNSOUND when it cannot read it; TOOL_MISSING */
export async function dumpSuperblock(volume: VolumeFile, signal?: AbortSignal): Promise<ExtSuperblock> {
  const result = await runToEnd("dumpe2fs", ["-h", volume.path], { purpose: PURPOSE, signal });
  if (result.status !== 0) throw unsound(volume, "dumpe2fs", reasonIn(result, /^dumpe2fs \d/));
  const text = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, "m").exec(result.stdout)?.[1] ?? "";
  const features = text("Filesystem features").split(/\s+/);
  const blockSize = Number(text("Block size"));
  return {
    ...{ size: Number(text("Block count")) * blockSize, blockSize, features },
    ...{ blocksPerGroup: Number(text("Blocks per group")), inodesPerGroup: Number(text("Inodes per group")) },
    isClean: text("Filesystem state") === "clean" && !features.includes("needs_recovery"),
  };
}

/**
 * The full check. Of a volume that was not unmounted cleanly, it is made of a copy of its metadata, with the journal
 * replayed: e2fsck(8) -n does not replay it, and finds faults that are none.
 * @throws FILESYSTEM_UNSOUND, TOOL_MISSING; the signal's reason
 */
export async function checkExt(volume: VolumeFile, signal?: AbortSignal): Promise<void> {
  const superblock = await dumpSuperblock(volume, signal);
  const check = async (path: string) => refuseDamage(volume, await e2fsck(path, ["-f", "-n"], signal), 0);
  const result = await withCleanCopy(volume, superblock, check, signal);
  if (result === "no room")
    throw unsound(volume, "e2fsck", "it was not unmounted cleanly, and there is no room to check a copy of it");
}

/**
 * What resize2fs demands: a full check that repairs what a boot would repair. One that says of itself that it is clean
 * is looked at first, so that a damaged volume stays as it is.
 * @throws FILESYSTEM_UNSOUND, TOOL_MISSING; the signal's reason
 */
export async function repairExt(volume: VolumeFile, signal?: AbortSignal): Promise<void> {
  const { isClean } = await dumpSuperblock(volume, signal);
  if (isClean) refuseDamage(volume, await e2fsck(volume.path, ["-f", "-n"], signal), 0);
  refuseDamage(volume, await e2fsck(volume.path, ["-f", "-p"], signal), UNCORRECTED - 1);
}

/**
 * @param use gets the path of the volume itself if it is clean, or of a sparse file with its metadata alone (e2image(8)
 * -r) in which the journal is replayed; that is for reading too
 * @returns "no room" when there is none for the copy
 * @throws FILESYSTEM_UNSOUND when the copy cannot be made clean
 */
export async function withCleanCopy<T>(
  volume: VolumeFile,
  { isClean }: ExtSuperblock,
  use: (path: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T | "no room"> {
  if (isClean) return await use(volume.path);
  return await withPrivateFolder(async (folder) => {
    const copy = join(folder, "metadata");
    const made = await runToEnd("e2image", ["-r", volume.path, copy], { purpose: PURPOSE, signal });
    if (/No space left/.test(made.stderr)) return "no room";
    if (made.status !== 0) throw unsound(volume, "e2image", reasonIn(made, BANNER));
    refuseDamage(volume, await e2fsck(copy, ["-f", "-p"], signal), UNCORRECTED - 1);
    return await use(copy);
  });
}

const e2fsck = (path: string, options: readonly string[], signal?: AbortSignal): Promise<ToolResult> =>
  runToEnd("e2fsck", [...options, path], { purpose: PURPOSE, signal });

function refuseDamage(volume: VolumeFile, result: ToolResult, mostStatus: number): void {
  if (result.status >= 0 && result.status <= mostStatus) return;
  // With -p, each line starts with the path.
  throw unsound(volume, "e2fsck", reasonIn(result, NOISE).replace(/^\/\S+: /, ""));
}
