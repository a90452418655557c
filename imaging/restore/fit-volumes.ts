import { type BlockDevice, slice } from "#imaging/device/block-device.ts";
import { openDiskSource } from "#imaging/explore/open-source.ts";
import type { Filesystem, FilesystemType } from "#imaging/filesystem/filesystem.ts";
import type { PlannedLayout } from "#imaging/layout/layout.ts";
import { resizerOf } from "#imaging/resize/resizer-of.ts";
import { moveBootSector } from "#imaging/restore/boot-sector.ts";
import { remakeFilesystem, resizeFilesystem } from "#imaging/restore/fit-filesystem.ts";
import { type Fitted, fitInside } from "#imaging/restore/fit-inside.ts";
import { makeAdded } from "#imaging/restore/make-added.ts";
import type { RestoreRun } from "#imaging/restore/restore-run.ts";

/**
 * Brings file systems to the sizes of a layout, each by its own tool, and checks them. What an image has behind the new end
 * of one that becomes smaller is read from the image while its tool moves it down; the image never changes. Yields between
 * the volumes. @throws RESIZE_FAILED, FILESYSTEM_UNSOUND, STAGE_FAILED, TOOL_MISSING, CHUNK_DAMAGED, READ_FAILED, WRITE_FAILED
 */
export async function* fitVolumes(
  run: RestoreRun,
  layout: PlannedLayout,
  target: BlockDevice,
): AsyncGenerator<void, void, undefined> {
  const { manifest } = run.original;
  for (const partition of layout.partitions) {
    if (partition.made) {
      yield;
      await makeAdded(partition, target, run.signal);
      continue;
    }
    const before = manifest.partitions.find(({ number }) => number === partition.source);
    if (!before) continue;
    yield;
    const fitted = { partition, before, target };
    if (partition.inside) await fitInside(run, fitted);
    else if (partition.change === "remake") await remake(run, fitted);
    else if (partition.change !== "none") await resize(run, fitted);
    const { start, filesystem } = before;
    const at = partition.start + (layout.offset ?? 0);
    await moveBootSector(target, { start, type: filesystem?.type }, { ...partition, at }, manifest.disk.sectorSize);
  }
}

async function resize({ original, signal }: RestoreRun, { partition, before, target }: Fitted): Promise<void> {
  const resizer = resizerOf(before.filesystem?.type as FilesystemType);
  if (!resizer) throw new Error(`the layout changes partition ${partition.number}, for which there is no tool`);
  using source = partition.change === "shrink" ? openDiskSource(original) : undefined;
  const volume = source && slice(source, before.start, before.size);
  await resizeFilesystem({ target, ...partition }, resizer, volume, signal);
}

async function remake({ original, signal }: RestoreRun, { partition, before, target }: Fitted): Promise<void> {
  const type = before.filesystem?.type as FilesystemType;
  const resizer = resizerOf(type);
  if (!resizer || !before.filesystem) throw new Error(`partition ${partition.number} cannot be made anew`);
  const { uuid, label, blockSize, size: bytes, warnings } = before.filesystem;
  const filesystem: Filesystem = { type, uuid, label, blockSize, size: bytes, warnings };
  const volume = { original, partition: before.number, inside: "", keys: [], filesystem };
  await remakeFilesystem({ target, ...partition }, resizer, volume, signal);
}
