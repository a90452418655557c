import type { BlockDevice } from "#imaging/device/block-device.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem, FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { isUnreadable, unlessForeign } from "#imaging/filesystem/volume.ts";
import { type InnerTarget, innerTargets } from "#imaging/installed/inner-targets.ts";
import { nameInside } from "#imaging/layers/name-inside.ts";
import type { Unlock } from "#imaging/volume/container.ts";
import { readVolumeGroup, type VolumeGroup } from "#imaging/volume/lvm/driver.ts";
import { whyNotRenamed } from "#imaging/volume/lvm/rename-group.ts";

/** A partition, or a volume inside of one. */
export interface OpenVolume {
  /** "vg0/root", "unlocked > vg0/root"; empty for the partition itself. */
  readonly inside: string;
  readonly filesystem: Pick<Filesystem, "type" | "uuid"> | undefined;
  readonly device: BlockDevice;
  /** Of a physical volume whose group can be called otherwise. */
  readonly group?: VolumeGroup;
  /** Of a container: why what is in it stays as it is, in plain words. */
  readonly closed?: string;
}

/** Volumes of LVM in LUKS on a partition is two. A volume can be made to hold itself. */
const DEPTH_LIMIT = 4;

/**
 * A partition and all volumes inside that new identities can be given to, outer ones before those inside them. The content of
 * a group that has to keep its name is left alone: who sees it twice uses neither.
 * @throws UNLOCK_FAILED when keys were given and none fits; READ_FAILED
 */
export async function openInside(
  device: BlockDevice,
  filesystem: OpenVolume["filesystem"],
  unlock: Unlock,
  inside = "",
  depth = 0,
): Promise<OpenVolume[]> {
  const volume = { inside, filesystem, device };
  const opened = filesystem && (await open(device, filesystem.type, unlock, depth));
  if (!opened) return [volume];
  if ("reason" in opened) return [{ ...volume, closed: opened.reason }];
  const { group, inner } = opened;
  const all: OpenVolume[] = [{ ...volume, ...(group && { group }) }];
  for (const one of inner) {
    const found = await unlessForeign(() => detectFilesystem(one.device));
    all.push(...(await openInside(one.device, found, unlock, nameInside(inside, one.name), depth + 1)));
  }
  return all;
}

interface Opened {
  readonly group?: VolumeGroup;
  readonly inner: readonly InnerTarget[];
}

/** @returns undefined for what is no container that is opened here */
async function open(
  device: BlockDevice,
  type: FilesystemType,
  unlock: Unlock,
  depth: number,
): Promise<Opened | { readonly reason: string } | undefined> {
  if (type !== "LVM2_member" && type !== "crypto_LUKS") return undefined;
  if (depth === DEPTH_LIMIT) return { reason: "volumes lie too deep in one another" };
  try {
    const group = type === "LVM2_member" ? await readVolumeGroup(device) : undefined;
    if (group && "reason" in group) return group;
    const reason = group && whyNotRenamed(group);
    if (reason !== undefined) return { reason };
    const inner = (await innerTargets(device, type, unlock)) ?? [];
    return "reason" in inner ? inner : { ...(group && { group }), inner };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { reason: `what is in it cannot be told: ${error.message.replace(/^[A-Z_]+: /, "")}` };
  }
}
