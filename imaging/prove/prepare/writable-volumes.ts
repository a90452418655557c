import type { BlockDevice } from "#imaging/device/block-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { nameInside } from "#imaging/layers/name-inside.ts";
import { keysOf, type Unlock, type VolumeKey } from "#imaging/volume/container.ts";
import { cryptTarget } from "#imaging/volume/crypt-target.ts";
import { unlockLuks } from "#imaging/volume/luks/luks.ts";
import { runsOf } from "#imaging/volume/lvm/areas.ts";
import { wholeVolumes } from "#imaging/volume/lvm/classify.ts";
import { readVolumeGroup } from "#imaging/volume/lvm/driver.ts";
import { piecedTarget } from "#imaging/volume/pieced-target.ts";

/** A volume of a disk whose files can be changed: a partition, or one that lies in LVM or LUKS. */
export interface WritableVolume {
  readonly partition: PartitionInfo;
  /** "partition 3", "partition 3 > vg0/root". */
  readonly name: string;
  readonly device: BlockDevice;
  readonly filesystem: Filesystem | undefined;
}

export interface WritableVolumes {
  readonly volumes: readonly WritableVolume[];
  /** What could not be looked into, in plain words. */
  readonly closed: readonly string[];
}

/** LVM in LUKS in LVM is three. A volume can be made to hold itself, and then there is no end. */
const DEPTH_LIMIT = 4;
/** A description of logical volumes can be made to name any number. */
const MOST_VOLUMES = 64;

/** All volumes of a disk that are not containers. @throws UNLOCK_FAILED when keys were given and none fits */
export async function writableVolumes(
  disk: BlockDevice,
  partitions: readonly PartitionInfo[],
  keys: readonly VolumeKey[],
): Promise<WritableVolumes> {
  const found: { volumes: WritableVolume[]; closed: string[] } = { volumes: [], closed: [] };
  for (const partition of partitions) {
    const size = Math.max(0, Math.min(partition.size, disk.size - partition.start));
    if (partition.role === "extended" || size === 0) continue;
    const name = partition.number === 0 ? "the disk" : `partition ${partition.number}`;
    const device = sliceTarget(disk, partition.start, size);
    await look({ partition, name, device }, keysOf(keys, partition.number), DEPTH_LIMIT, found);
    if (found.volumes.length > MOST_VOLUMES) break;
  }
  return { ...found, volumes: found.volumes.slice(0, MOST_VOLUMES) };
}

interface Found {
  readonly volumes: WritableVolume[];
  readonly closed: string[];
}

async function look(
  volume: Omit<WritableVolume, "filesystem">,
  unlock: Unlock,
  depth: number,
  found: Found,
): Promise<void> {
  const { name, device } = volume;
  try {
    const filesystem = await detectFilesystem(device);
    const open = filesystem && OPEN[filesystem.type];
    if (!open) found.volumes.push({ ...volume, filesystem });
    else {
      const opened = await open(device, unlock);
      if ("reason" in opened) found.closed.push(`${name}: ${opened.reason}`);
      else if (depth > 0)
        for (const inner of opened.inside.slice(0, MOST_VOLUMES))
          await look({ ...volume, ...inner, name: nameInside(name, inner.name) }, unlock, depth - 1, found);
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    found.closed.push(`${name}: what is in it cannot be told: ${error.text}`);
  }
}

type Opened = { readonly inside: readonly { readonly name: string; readonly device: BlockDevice }[] };
type Open = (volume: BlockDevice, unlock: Unlock) => Promise<Opened | { readonly reason: string }>;

const OPEN: Partial<Record<Filesystem["type"], Open>> = {
  async LVM2_member(volume) {
    const found = await readVolumeGroup(volume);
    if ("reason" in found) return found;
    const { group } = found;
    const whole = wholeVolumes(group);
    const plain = group.lvs.filter(({ name, segments }) => !whole.has(name) && segments.length > 0);
    return {
      inside: plain.map((lv) => {
        const name = `${group.name}/${lv.name}`;
        return { name, device: piecedTarget(volume, name, runsOf(group, lv)) };
      }),
    };
  },
  async crypto_LUKS(volume, unlock) {
    const opened = await unlockLuks(volume, unlock);
    if ("reason" in opened) return { reason: "it is encrypted with LUKS, and no key was given" };
    const { start, end } = opened.layout.payload;
    const payload = sliceTarget(volume, start, end - start);
    return { inside: [{ name: "unlocked", device: cryptTarget(payload, opened.crypt) }] };
  },
  async linux_raid_member() {
    return { reason: "it is a member of a RAID, which is left as it is" };
  },
  async BitLocker() {
    return { reason: "it is encrypted with BitLocker" };
  },
};
