import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import type { MappedSource } from "#imaging/capture/map-source.ts";
import { type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { affectedFiles } from "#imaging/salvage/affected/affected-files.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { writeMap } from "#imaging/salvage/write-map.ts";

/** What of a disk could not be read, and whom it concerns. */
export interface BadSectors {
  readonly bytes: number;
  readonly places: number;
  /** Map file of GNU ddrescue, beside the image. */
  readonly mapFile: string;
  readonly files: readonly { readonly partition: number; readonly path: string; readonly bytes: number }[];
  /** How many more files there are. */
  readonly moreFiles: number;
  /** Sentences for the user. */
  readonly notes: readonly string[];
}

export const mapFilePath = (image: string): string => `${image}.map`;

/** Names the files on bad sectors, partition by partition. @param bad bytes of the disk, in order */
export async function describeBadSectors(
  source: ReadableDevice,
  partitions: readonly PartitionInfo[],
  bad: readonly Extent[],
  image: string,
): Promise<BadSectors> {
  const files: BadSectors["files"][number][] = [];
  const notes: string[] = [];
  let moreFiles = 0;
  let outside = bad.length;
  for (const { number, start, size, role, filesystem } of partitions) {
    const inside = bad.filter((extent) => extent.start < start + size && extent.end > start);
    if (inside.length === 0 || role === "extended") continue;
    outside -= inside.length;
    const own = inside.map((extent) => ({
      start: Math.max(0, extent.start - start),
      end: Math.min(size, extent.end - start),
    }));
    const found = await affectedFiles(slice(source, start, size), filesystem?.type as FilesystemType | undefined, own);
    files.push(...found.files.map((file) => ({ partition: number, ...file })));
    notes.push(...found.notes.map((text) => `${number === 0 ? "the whole disk" : `partition ${number}`}: ${text}`));
    moreFiles += found.more;
  }
  if (outside > 0) notes.push("outside of partitions: the partition table or a boot loader may be affected");
  const bytes = bad.reduce((sum, { start, end }) => sum + end - start, 0);
  return { bytes, places: bad.length, mapFile: mapFilePath(image), files, moreFiles, notes };
}

/** Writes the map file beside the image, and describes what is bad. @throws as writeMap, READ_FAILED */
export async function reportBadSectors(
  { to, writerVersion }: Pick<CaptureRequest, "to" | "writerVersion">,
  source: ReadableDevice,
  { found, extents }: Pick<MappedSource, "found" | "extents">,
  bad: readonly BadExtent[],
): Promise<BadSectors> {
  const captured = ExtentList.merge(extents.map(({ start, extents: list }) => list.moved(start)));
  const { path: disk, size } = source;
  await writeMap(mapFilePath(to), { disk, size, captured, bad, writer: `lifeboat ${writerVersion}`, time: new Date() });
  const partitions = found.survey?.volumes.map(({ info }) => info) ?? [];
  return describeBadSectors(source, partitions, bad, to);
}
