import { type BlockDevice, slice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import type { PicturedPartition } from "#imaging/partition/picture.ts";
import { untouchable } from "#imaging/partition/resize/limits.ts";
import { resizeFailed } from "#imaging/resize/problems.ts";
import { rebuild } from "#imaging/resize/rebuild.ts";
import { resizeStaged } from "#imaging/resize/resize-staged.ts";
import type { OnProgress, Resizer, ResizeWay } from "#imaging/resize/resizer.ts";
import { resizerOf } from "#imaging/resize/resizer-of.ts";
import { type StagedVolume, stageVolume } from "#imaging/stage/staged-volume.ts";

/** Bytes that a tool may write to what is in use: in memory, on a rescue system. */
const MOST_CHANGES = 1 << 30;

/** A file system in a partition that becomes smaller or larger. */
export interface Fitting {
  readonly device: BlockDevice;
  readonly before: PicturedPartition;
  readonly after: PicturedPartition;
  readonly filesystem: Filesystem;
  readonly resizer: Resizer;
  readonly way: ResizeWay;
}

/** @returns undefined for content that nobody knows: it only gets more room behind it */
export async function findFitting(
  device: BlockDevice,
  before: PicturedPartition,
  after: PicturedPartition,
): Promise<Fitting | undefined> {
  const filesystem = await detectFilesystem(slice(device, before.start, before.size));
  if (!filesystem) return undefined;
  const resizer = resizerOf(filesystem.type);
  const way = resizer?.way[after.size < before.size ? "smaller" : "larger"];
  if (!resizer || way === undefined || way === "none")
    throw resizeFailed(device, after.size, `there is no tool that does this to ${filesystem.type}`);
  return { device, before, after, filesystem, resizer, way };
}

/**
 * Shows the partition to the tool that changes its size: what is written to blocks in use is kept beside it. @param used
 * bytes of the partition
 */
export function stageInPlace({ device, before, after, filesystem, way }: Fitting, used: ExtentList) {
  // A tool that moves data needs both sizes; what is made anew fills the new one.
  const shown = way === "rebuild" ? after.size : Math.max(before.size, after.size);
  // What was not unmounted cleanly need not have told all that it uses.
  const isCertain = filesystem.warnings.length === 0;
  const protect = isCertain ? used : ExtentList.of([{ start: 0, end: before.size }]);
  return stageVolume({ target: device, start: before.start, size: shown, shown, protect, scratchBytes: MOST_CHANGES });
}

/** @throws RESIZE_FAILED, FILESYSTEM_UNSOUND, TOOL_MISSING, TOOL_FAILED, STAGE_FULL, READ_FAILED, WRITE_FAILED */
export async function fitInPlace(
  { device, before, after, filesystem, resizer, way }: Fitting,
  staged: StagedVolume,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<void> {
  const { sectorSize } = device;
  const volume = { path: staged.path, size: staged.size, sectorSize };
  try {
    if (way === "rebuild") {
      await using source = await untouchable(device, before);
      await rebuild({ path: source.path, size: before.size, sectorSize }, volume, filesystem, signal);
    } else await resizeStaged(staged, { resizer, size: after.size, sectorSize }, signal, onProgress);
    await resizer.check(volume, signal);
  } catch (error) {
    throw staged.failures.write ?? error;
  }
  if (staged.failures.write) throw staged.failures.write;
}
