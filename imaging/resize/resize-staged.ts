import type { OnProgress, Resizer } from "#imaging/resize/resizer.ts";
import type { StagedVolume } from "#imaging/stage/staged-volume.ts";
import { loopDevice } from "#imaging/system/loop-device.ts";

/** Brings a staged volume to another size in place, by its tool. @throws what Resizer.resize throws */
export async function resizeStaged(
  { path, size: shown }: StagedVolume,
  { resizer, size, sectorSize }: { resizer: Resizer; size: number; sectorSize: number },
  signal: AbortSignal,
  onProgress?: OnProgress,
): Promise<void> {
  // A third of the time for a tool that reads in small pieces: nothing goes through the page cache twice.
  await using device = resizer.types.includes("ntfs") ? await loopDevice(path, { direct: true }) : undefined;
  await resizer.resize({ path: device?.path ?? path, size: shown, sectorSize }, size, signal, onProgress);
}
