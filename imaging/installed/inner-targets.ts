import type { BlockDevice } from "#imaging/device/block-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import type { Unlock } from "#imaging/volume/container.ts";
import { cryptTarget } from "#imaging/volume/crypt-target.ts";
import { unlockLuks } from "#imaging/volume/luks/luks.ts";
import { runsOf } from "#imaging/volume/lvm/areas.ts";
import { wholeVolumes } from "#imaging/volume/lvm/classify.ts";
import { readVolumeGroup } from "#imaging/volume/lvm/driver.ts";
import { piecedTarget } from "#imaging/volume/pieced-target.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

/** A volume inside of another one, to be written. */
export interface InnerTarget {
  /** "vg0/root", "unlocked". */
  readonly name: string;
  readonly device: BlockDevice;
}

type Inner = readonly InnerTarget[] | { readonly reason: string };

/** Undefined for what is no container. A RAID's other half would not know what is written here, so it is not opened. */
export async function innerTargets(
  volume: BlockDevice,
  type: FilesystemType,
  unlock: Unlock,
): Promise<Inner | undefined> {
  if (type === "LVM2_member") return inGroup(volume);
  if (type === "crypto_LUKS") return inLuks(volume, unlock);
  if (type === "linux_raid_member") return { reason: insideWords["inside.raid-half"] };
  if (type === "BitLocker") return { reason: insideWords["inside.bitlocker-read-only"] };
  return undefined;
}

async function inGroup(volume: BlockDevice): Promise<Inner> {
  const found = await readVolumeGroup(volume);
  if ("reason" in found) return found;
  const { group } = found;
  const others = wholeVolumes(group);
  return group.lvs
    .filter(({ name, segments }) => !others.has(name) && segments.length > 0)
    .map((lv) => {
      const name = `${group.name}/${lv.name}`;
      return { name, device: piecedTarget(volume, name, runsOf(group, lv)) };
    });
}

async function inLuks(volume: BlockDevice, unlock: Unlock): Promise<Inner> {
  const opened = await unlockLuks(volume, unlock);
  if ("reason" in opened) return opened;
  const { start, end } = opened.layout.payload;
  return [{ name: "unlocked", device: cryptTarget(sliceTarget(volume, start, end - start), opened.crypt) }];
}
