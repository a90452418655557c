import { type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { Layer } from "#imaging/layers/layer.ts";
import { nameInside } from "#imaging/layers/name-inside.ts";
import type { Unlock } from "#imaging/volume/container.ts";
import { cryptDevice } from "#imaging/volume/crypt-device.ts";
import { cryptTarget } from "#imaging/volume/crypt-target.ts";
import { unlockLuks } from "#imaging/volume/luks/luks.ts";

/** As openLayer(). The header says nothing of the size, so it stays as it is, with all keys. */
export async function openLuksLayer(
  volume: ReadableDevice,
  unlock: Unlock,
  outer: string,
): Promise<Layer | { readonly reason: string }> {
  const opened = await unlockLuks(volume, unlock);
  if ("reason" in opened) return opened;
  const { layout, crypt } = opened;
  const { start, end } = layout.payload;
  if (layout.isFixed)
    return { reason: "its LUKS header gives the data a size of its own, and that is not changed here" };
  return {
    name: "what LUKS encrypts",
    ...{ around: start, unit: layout.sectorSize, reserved: 0, pinned: 0, isFilled: true, size: volume.size },
    volumes: [{ name: nameInside(outer, "unlocked"), device: cryptDevice(slice(volume, start, end - start), crypt) }],
    async lay(target, [size = 0]) {
      const device = cryptTarget(sliceTarget(target, start, size), crypt);
      return { volumes: [{ device, missing: new ExtentList() }], finish: async () => {} };
    },
  };
}
