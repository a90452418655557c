import type { PartitionInfo } from "#imaging/image/manifest.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";

type FilesystemNames = Pick<NonNullable<PartitionInfo["filesystem"]>, "type" | "uuid" | "label">;

export const installedVolume = (
  { number, guid, name, type: partitionType }: PartitionInfo,
  { type, uuid, label }: FilesystemNames,
  inside: readonly string[],
): InstalledVolume => ({
  ...{ partition: number, inside, filesystem: type, uuid, label },
  ...{ partitionUuid: guid, partitionName: name, partitionType },
});
