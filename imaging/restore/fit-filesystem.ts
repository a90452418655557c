import { join } from "node:path";
import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { rebuild } from "#imaging/resize/rebuild.ts";
import { resizeStaged } from "#imaging/resize/resize-staged.ts";
import type { Resizer } from "#imaging/resize/resizer.ts";
import { onStage } from "#imaging/restore/on-stage.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

/** Where a volume lies on a target: bytes. */
export interface VolumePlace {
  readonly target: BlockDevice;
  readonly start: number;
  readonly size: number;
}

/**
 * Brings a file system to the size of its place, by its own tool, and checks it.
 * @param original the volume as it was, where it becomes smaller
 * @throws RESIZE_FAILED, FILESYSTEM_UNSOUND, STAGE_FAILED, TOOL_MISSING, CHUNK_DAMAGED, READ_FAILED, WRITE_FAILED
 */
export async function resizeFilesystem(
  place: VolumePlace,
  resizer: Resizer,
  original: ReadableDevice | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { size } = place;
  const { sectorSize } = place.target;
  const shown = original ? Math.max(size, original.size) : size;
  await onStage({ ...place, shown, original }, (staged) => resizeStaged(staged, { resizer, size, sectorSize }, signal));
  await checkFilesystem(place, resizer, signal);
}

/** A volume of an image. */
export interface ImageVolume {
  readonly original: Restorable;
  readonly partition: number;
  /** Its name, and those of the volumes that it lies in; empty for a partition. */
  readonly inside: string;
  readonly keys: readonly VolumeKey[];
  readonly filesystem: Filesystem;
}

/** Makes a file system anew in its place, and copies its files. @throws as resizeFilesystem() */
export async function remakeFilesystem(
  place: VolumePlace,
  resizer: Resizer,
  { original, partition, inside, keys, filesystem }: ImageVolume,
  signal: AbortSignal,
): Promise<void> {
  const { size, target } = place;
  await using shown = await explorePrivately(original, { partition, filesOnly: true, keys, signal });
  const volume = shown.volumes.find((one) => one.inside.join(" > ") === inside);
  if (!volume) throw new Error(`partition ${partition} of the image is not shown`);
  const path = join(shown.folder, volume.file.name);
  const from = { path, size: volume.file.size, sectorSize: original.manifest.disk.sectorSize };
  await clear(place);
  await onStage({ ...place, shown: size }, (staged) =>
    rebuild(from, { path: staged.path, size, sectorSize: target.sectorSize }, filesystem, signal),
  );
  await checkFilesystem(place, resizer, signal);
}

const SIGNATURE_BYTES = 1 << 20;

/** What is made anew writes over no old signature that it does not know. */
async function clear({ target, start, size }: VolumePlace): Promise<void> {
  const length = Math.min(SIGNATURE_BYTES, size);
  await target.write(new Uint8Array(length), start);
  await target.write(new Uint8Array(length), start + size - length);
}

async function checkFilesystem(place: VolumePlace, resizer: Resizer, signal: AbortSignal): Promise<void> {
  const { size, target } = place;
  await onStage({ ...place, shown: size }, (staged) =>
    resizer.check({ path: staged.path, size, sectorSize: target.sectorSize }, signal),
  );
}
