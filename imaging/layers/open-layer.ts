import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import type { Layer } from "#imaging/layers/layer.ts";
import { openLuksLayer } from "#imaging/layers/luks-layer.ts";
import { openLvmLayer } from "#imaging/layers/lvm-layer.ts";
import type { Unlock } from "#imaging/volume/container.ts";

type Open = (volume: ReadableDevice, unlock: Unlock, outer: string) => Promise<Layer | { readonly reason: string }>;

const LAYERS: Partial<Record<FilesystemType, Open>> = { LVM2_member: openLvmLayer, crypto_LUKS: openLuksLayer };

/** Whether it may be a container whose size can be another one. */
export const isLayer = (type: string): boolean => Object.hasOwn(LAYERS, type);

/**
 * Opens a container to give it another size.
 * @param outer name of the volume that it lies in; empty for a partition
 * @returns a reason, in plain words, when it keeps the size that it has
 * @throws UNLOCK_FAILED when keys were given and none fits; FILESYSTEM_DAMAGED, READ_FAILED
 */
export async function openLayer(
  volume: ReadableDevice,
  type: string,
  unlock: Unlock,
  outer = "",
): Promise<Layer | { readonly reason: string }> {
  const open = isLayer(type) ? LAYERS[type as FilesystemType] : undefined;
  return open ? open(volume, unlock, outer) : { reason: `there is no tool that changes the size of ${type}` };
}
