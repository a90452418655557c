import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { Filesystem, FilesystemType, UsedMap } from "#imaging/filesystem/filesystem.ts";

/** Metadata and bitmaps are read in pieces of this many bytes, whatever the volume's size. */
export const WINDOW = 1 << 20;

export const damaged = (volume: ReadableDevice, filesystem: FilesystemType, offset: number, problem: string) =>
  new LifeboatError("FILESYSTEM_DAMAGED", { device: volume.path, filesystem, offset, problem });

/**
 * Reads `length` bytes of metadata whose place was itself read from the volume.
 * @param into of that length, to be used again and again
 * @throws FILESYSTEM_DAMAGED when the range leaves the volume: such an offset is a wrong value, not an I/O error.
 */
export async function readWithin(
  volume: ReadableDevice,
  filesystem: FilesystemType,
  offset: number,
  length: number,
  what: string,
  into?: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > volume.size)
    throw damaged(volume, filesystem, offset, `${what} would lie outside the partition`);
  if (into === undefined) return readBytes(volume, offset, length);
  await volume.read(into, offset);
  return into;
}

const UNREADABLE = ["FILESYSTEM_DAMAGED", "STRUCT_TRUNCATED", "STRUCT_BAD_VALUE", "READ_SHORT", "READ_FAILED"] as const;

/** Whether the error says that the data cannot be made sense of, or not be read: both mean "capture it raw". */
export const isUnreadable = (error: unknown): error is LifeboatError =>
  UNREADABLE.some((code) => isLifeboatError(error, code));

/**
 * What `look` finds, or undefined when the bytes make no sense. An unreadable sector counts as "not recognised" too:
 * the raw capture that follows meets the same sector, and reports it.
 */
export async function unlessForeign<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

export const rawMap = (volume: ReadableDevice, reason: string): UsedMap => ({
  mode: "raw",
  extents: ExtentList.of([{ start: 0, end: volume.size }]),
  reason,
});

export const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");

/** A power of two in [low, high]. */
export const isPowerOfTwo = (value: number, low: number, high: number): boolean =>
  value >= low && value <= high && Number.isInteger(Math.log2(value));

/** What we do not read is given the size of its partition: it is captured whole. */
export const named = (volume: ReadableDevice, type: FilesystemType, uuid?: string, label?: string): Filesystem => ({
  type,
  uuid: uuid || undefined,
  label: label || undefined,
  blockSize: volume.sectorSize,
  size: volume.size,
  warnings: [],
});
