import { type ErrorCode, isLifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import type { Filesystem, FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** What FilesystemDriver.mapUsed may throw: the caller then captures the volume raw. */
export const MAP_ERRORS: readonly ErrorCode[] = [
  "FILESYSTEM_DAMAGED",
  "STRUCT_BAD_VALUE",
  "STRUCT_TRUNCATED",
  "READ_SHORT",
  "READ_FAILED",
];

/** In order, apart from each other, within [0, size). */
export function checkExtents(extents: Iterable<Extent>, size: number, what: string): void {
  let last = -1;
  for (const { start, end } of extents) {
    promise(Number.isSafeInteger(start) && Number.isSafeInteger(end), () => `${what}: [${start}, ${end})`);
    promise(start > last && end > start, () => `${what}: [${start}, ${end}) after ${last}`);
    promise(end <= size, () => `${what}: [${start}, ${end}) of ${size}`);
    last = end;
  }
}

/** What manifests and the pages show of it must be what their schemas ask for. */
export function checkFilesystem(found: Filesystem): void {
  promise(Number.isSafeInteger(found.size) && found.size >= 0, () => `${found.type}: size ${found.size}`);
  promise(
    Number.isSafeInteger(found.blockSize) && found.blockSize > 0,
    () => `${found.type}: block size ${found.blockSize}`,
  );
  for (const text of [found.uuid, found.label])
    promise(text === undefined || (typeof text === "string" && text !== ""), () => `${found.type}: text ${text}`);
}

/** @returns the verdict */
export function checkMap(map: UsedMap, found: Filesystem, volume: ReadableDevice): string {
  const { mode, extents } = map;
  const most = mode === "used-blocks" ? Math.min(found.size, volume.size) : volume.size;
  checkExtents(extents, most, mode);
  if (mode === "used-blocks") return "accepted";
  promise(map.reason.length > 0, () => `${mode} without a reason`);
  if (mode === "header-only") return "accepted";
  promise(extents.bytes === volume.size, () => `raw with ${extents.bytes} of ${volume.size} bytes`);
  return "raw";
}

/** A file system's driver: what it detects, and what of the volume it calls used. */
export function driverTarget(driver: FilesystemDriver, target: Omit<FuzzTarget, "allowed" | "parse">): FuzzTarget {
  return {
    ...target,
    allowed: [],
    async parse(volume) {
      const found = await driver.detect(volume);
      if (!found) return "not recognised";
      promise(driver.types.includes(found.type), () => `it found ${found.type}`);
      checkFilesystem(found);
      return mapVerdict(await mapOrRefusal(driver, volume, found), found, volume);
    },
  };
}

const mapVerdict = (map: UsedMap | string, found: Filesystem, volume: ReadableDevice): string =>
  typeof map === "string" ? map : checkMap(map, found, volume);

/** detect may throw nothing at all, so the codes that mapUsed may throw are let through here and not by the target. */
async function mapOrRefusal(
  driver: FilesystemDriver,
  volume: ReadableDevice,
  found: Filesystem,
): Promise<UsedMap | string> {
  try {
    return await driver.mapUsed(volume, found);
  } catch (error) {
    const code = MAP_ERRORS.find((known) => isLifeboatError(error, known));
    if (code) return code;
    throw error;
  }
}
