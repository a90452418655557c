import { isLifeboatError } from "#base/errors.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";

/** Whole sectors that the device has; a rest behind them belongs to no sector. */
export const sectorCount = (size: number, sectorSize: number): number => Math.floor(size / sectorSize);

/**
 * Reads sectors of a table, or gives undefined when they lie outside the device or cannot be read: a bad sector in one
 * copy of a table is what the other copy is there for.
 */
export async function tryReadSectors(
  device: ReadableDevice,
  lba: number,
  count: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (lba < 0 || lba + count > sectorCount(device.size, device.sectorSize)) return undefined;
  try {
    return await readBytes(device, lba * device.sectorSize, count * device.sectorSize);
  } catch (error) {
    if (isLifeboatError(error, "READ_FAILED") || isLifeboatError(error, "READ_SHORT")) return undefined;
    throw error;
  }
}
