import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { type OpenOptions, openDevice } from "#imaging/device/file-device.ts";
import { physicalDriveNumber } from "#imaging/device/windows-path.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { deviceUses, listBlockNodes } from "#imaging/inventory/lsblk.ts";
import { sourceWriters } from "#imaging/inventory/source-writers.ts";

/**
 * Opens the disk to capture. A block device that nobody uses is held exclusively, so that nothing can mount it or
 * restore onto it before it is closed. One that is mounted read-only is in somebody's hands already, and only read.
 * @throws SOURCE_IN_USE, OPEN_FAILED; SOURCE_EMPTY for a disk that has no sector
 */
export async function openSource(disk: Disk): Promise<BlockDevice> {
  const [user] = await sourceWriters(disk);
  if (user) throw new LifeboatError("SOURCE_IN_USE", { source: disk.path, by: user });
  const exclusive = disk.kind === "block" && (await isFree(disk.path));
  const source = await openUnwritten(disk.path, { exclusive, ...fileOptions(disk) });
  if (source.size >= source.sectorSize) return source;
  await source[Symbol.asyncDispose]();
  throw new LifeboatError("SOURCE_EMPTY", { source: disk.path, size: source.size });
}

async function isFree(path: string): Promise<boolean> {
  if (physicalDriveNumber(path) !== undefined) return true;
  const [node] = await listBlockNodes(path);
  return node !== undefined && (await deviceUses(node)).length === 0;
}

async function openUnwritten(path: string, options: OpenOptions): Promise<BlockDevice> {
  try {
    return await openDevice(path, options);
  } catch (error) {
    if (!isLifeboatError(error, "TARGET_IN_USE")) throw error;
    throw new LifeboatError("SOURCE_IN_USE", { source: path, by: "another program holds it" }, { cause: error });
  }
}
