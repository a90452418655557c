import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Extent, ExtentList } from "#imaging/extent.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { WINDOW } from "#imaging/filesystem/volume.ts";
import { dropCache } from "#imaging/restore/target-device.ts";
import type { Unlock } from "#imaging/volume/container.ts";
import { mapVolume } from "#imaging/volume/map-volume.ts";

export interface CopyMissing {
  readonly original: ReadableDevice;
  readonly device: BlockDevice;
  /** What of the volume is to be copied, where it is in use. */
  readonly missing: ExtentList;
  readonly filesystem: Filesystem | undefined;
  readonly unlock: Unlock;
  /** Read it back and compare. */
  readonly verify: boolean;
  /** For errors. */
  readonly label: string;
}

/** @throws TARGET_VERIFY_FAILED, READ_FAILED, WRITE_FAILED, CHUNK_DAMAGED; the signal's reason */
export async function copyMissing(copy: CopyMissing, signal: AbortSignal): Promise<void> {
  const { original, device, missing, filesystem, unlock, verify, label } = copy;
  if (missing.length === 0) return;
  const { extents } = await mapVolume(original, filesystem, unlock);
  const pieces = () => piecesIn(extents, missing, original.size);
  for (const { start, end } of pieces()) {
    signal.throwIfAborted();
    await device.write(await readBytes(original, start, end - start), start);
  }
  await device.flush();
  if (!verify) return;
  await dropCache(device.path);
  for (const { start, end } of pieces()) {
    signal.throwIfAborted();
    const [want, got] = [await readBytes(original, start, end - start), await readBytes(device, start, end - start)];
    if (Buffer.compare(want, got) !== 0)
      throw new LifeboatError("TARGET_VERIFY_FAILED", {
        device: device.path,
        region: label,
        offset: start,
        damaged: 1,
      });
  }
}

/** What is in both, up to the volume's end, a window at a time. */
function* piecesIn(used: ExtentList, missing: ExtentList, size: number): Generator<Extent, void, undefined> {
  for (const hole of missing)
    for (const one of used) {
      const end = Math.min(one.end, hole.end, size);
      for (let at = Math.max(one.start, hole.start); at < end; at += WINDOW)
        yield { start: at, end: Math.min(end, at + WINDOW) };
    }
}
