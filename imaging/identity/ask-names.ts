import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import { type OpenVolume, openInside } from "#imaging/identity/open-inside.ts";
import type { FilesystemInfo } from "#imaging/image/manifest.ts";
import type { SourceName } from "#imaging/layout/identity.ts";
import type { Unlock } from "#imaging/volume/container.ts";
import { wholeVolumes } from "#imaging/volume/lvm/classify.ts";
import { idsOf } from "#imaging/volume/lvm/rename-group.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** Containers that get new identities with what is in them. */
export const hasNamesInside = (type: string | undefined): boolean => type === "LVM2_member" || type === "crypto_LUKS";

/**
 * What names a container and what can be opened inside, outer ones first. Nothing is written.
 * @param number of the partition, for what is said
 * @throws UNLOCK_FAILED when keys were given and none fits; READ_FAILED
 */
export async function askNames(
  volume: ReadableDevice,
  { type, uuid }: FilesystemInfo,
  unlock: Unlock,
  number: number,
): Promise<SourceName[]> {
  const filesystem = { type, uuid } as NonNullable<OpenVolume["filesystem"]>;
  const all = await openInside(readOnly(volume), filesystem, unlock);
  return all.map((one) => describe(one, number, unlock));
}

function describe({ inside, filesystem, group, closed }: OpenVolume, number: number, unlock: Unlock): SourceName {
  const isLocked = filesystem?.type === "crypto_LUKS" && unlock.keys.length === 0;
  const why = isLocked ? say("layout.twin-locked", { number }) : closed && hear(closed);
  return {
    ...{ inside, filesystem: filesystem?.type, uuid: filesystem?.uuid },
    ...(group && {
      group: { name: group.group.name, ids: idsOf(group), volumes: group.group.lvs.map((lv) => lv.name) },
    }),
    kept: [
      ...(why === undefined ? [] : [say("layout.twin-closed", { volume: inside, number, why })]),
      ...(group ? wholeReasons(group.group).map((why) => say("layout.twin-lvm", { why })) : []),
    ],
  };
}

const wholeReasons = (group: Parameters<typeof wholeVolumes>[0]): string[] => [
  ...new Set(wholeVolumes(group).values()),
];

/** innerTargets() gives what can be written; here nobody does. */
const readOnly = (device: ReadableDevice): BlockDevice => ({
  ...{ path: device.path, size: device.size, sectorSize: device.sectorSize },
  read: (into, offset) => device.read(into, offset),
  write: async () => {
    throw new Error("a source is not written to");
  },
  flush: async () => {},
  [Symbol.asyncDispose]: async () => {}, // it is the source's owner who closes it
});
