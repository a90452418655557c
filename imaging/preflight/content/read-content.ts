import { type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import { openDiskSource } from "#imaging/explore/open-source.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { imageVolumes } from "#imaging/installed/image-volumes.ts";
import { readBootCode } from "#imaging/preflight/content/boot/boot-code.ts";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { runTask } from "#imaging/tasks/run-task.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";
import { readLuks } from "#imaging/volume/luks/header.ts";

export interface ReadContentOptions {
  /** What lies between the machine's processor and its disk, and its network devices. */
  readonly devices: readonly MachineDevice[];
  /** Of what is encrypted in it. */
  readonly keys?: readonly VolumeKey[];
  readonly signal: AbortSignal;
}

/**
 * What an image, or a disk that is only read, has for a machine: nothing is restored, and nothing written.
 * @throws what imageVolumes and runTask throw
 */
export async function readContent(
  image: Restorable,
  { devices, keys = [], signal }: ReadContentOptions,
): Promise<DiskContent> {
  const { table, disk, partitions, regions } = image.manifest;
  using source = openDiskSource(image);
  const bootCode = await readBootCode(source, partitions);
  const luks = await readSlots(source, partitions);
  await using volumes = await imageVolumes(image, keys, signal);
  const { closed, ...found } = await runTask("look-into", { devices }, volumes, {
    write: false,
    signal,
  });
  return {
    ...{ tableType: table.type, size: disk.size, sectorSize: disk.sectorSize, partitions, regions },
    ...{ bootCode, luks, ...found, closed: [...volumes.closed, ...closed] },
  };
}

async function readSlots(source: ReadableDevice, partitions: readonly PartitionInfo[]): Promise<DiskContent["luks"]> {
  const found: DiskContent["luks"][number][] = [];
  for (const { number, start, size, filesystem } of partitions) {
    if (filesystem?.type !== "crypto_LUKS") continue;
    const layout = await readLuks(slice(source, start, size)).catch((error: unknown) => {
      if (!isUnreadable(error)) throw error;
      return { reason: "it is damaged" };
    });
    if (!("reason" in layout)) found.push({ partition: number, slots: layout.slots });
  }
  return found;
}
