import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { mapVolume } from "#imaging/volume/map-volume.ts";

/** What holds data in a volume, its tail included; all of it where that cannot be told. @throws READ_FAILED */
export async function usedBlocks(volume: ReadableDevice): Promise<ExtentList> {
  const { size } = volume;
  const filesystem = await detectFilesystem(volume);
  const map = await mapVolume(volume, filesystem, { keys: [], leaveOutPageFiles: false });
  if (map.mode === "raw" || !filesystem) return ExtentList.of([{ start: 0, end: size }]);
  // What lies behind the file system is part of the partition, such as NTFS's copy of the boot sector.
  return ExtentList.union([[...map.extents, { start: Math.min(filesystem.size, size), end: size }]]);
}
