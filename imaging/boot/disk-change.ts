import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { type BlockDevice, type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";

/** Bytes of a disk, outside of file systems, that are written. All are known before the first is. */
export interface DiskChange extends Readonly<Sentence> {
  /** Bytes. */
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What is there now; as many. */
  readonly before: Uint8Array<ArrayBuffer>;
}

/** @returns nothing where the disk holds these bytes already. @throws READ_FAILED, READ_SHORT */
export async function diskChange(
  device: ReadableDevice,
  offset: number,
  bytes: Uint8Array<ArrayBuffer>,
  why: Sentence,
): Promise<DiskChange[]> {
  const before = await readBytes(device, offset, bytes.length);
  return same(before, bytes) ? [] : [{ offset, bytes, before, ...why }];
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/**
 * Writes changes in their order, each flushed and read back before the next: what is written last makes firmware start
 * what was written before it. Sectors around a change keep every bit.
 * @throws BOOT_CHANGED before anything is written, when the disk is not as it was planned; BOOT_READS_BACK; WRITE_FAILED
 */
export async function applyDiskChanges(device: BlockDevice, changes: readonly DiskChange[]): Promise<void> {
  for (const { offset, before } of changes)
    if (!same(await readBytes(device, offset, before.length), before))
      throw new LifeboatError("BOOT_CHANGED", { device: device.path, offset });
  for (const { offset, bytes } of changes) {
    await device.write(bytes, offset);
    await device.flush();
    if (!same(await readBytes(device, offset, bytes.length), bytes))
      throw new LifeboatError("BOOT_READS_BACK", { device: device.path, offset });
  }
}
