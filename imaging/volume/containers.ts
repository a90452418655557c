import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import type { ContainerDriver } from "#imaging/volume/container.ts";

/** Every container that is seen through; a line each. */
const DRIVERS: readonly ContainerDriver[] = [];

/** @returns undefined for what is no container, or one that is not seen through yet. */
export const containerDriver = (type: FilesystemType): ContainerDriver | undefined =>
  DRIVERS.find(({ types }) => types.includes(type));
