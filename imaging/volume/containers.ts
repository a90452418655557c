import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { bitLocker } from "#imaging/volume/bitlocker/bitlocker.ts";
import type { ContainerDriver } from "#imaging/volume/container.ts";
import { luks } from "#imaging/volume/luks/luks.ts";
import { lvm } from "#imaging/volume/lvm/driver.ts";
import { linuxRaid } from "#imaging/volume/raid/driver.ts";

/** Every container that is seen through; a line each. */
const DRIVERS: readonly ContainerDriver[] = [lvm, linuxRaid, luks, bitLocker];

/** @returns undefined for what is no container, or one that is not seen through yet. */
export const containerDriver = (type: FilesystemType): ContainerDriver | undefined =>
  DRIVERS.find(({ types }) => types.includes(type));
