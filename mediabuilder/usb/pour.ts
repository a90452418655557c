import { stat } from "node:fs/promises";
import { type BlockDevice, type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { ExtentList } from "#imaging/extent.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import { dropCache } from "#imaging/restore/target-device.ts";
import { dropFileCache } from "#imaging/system/drop-file-cache.ts";

/** Bytes that a stick gets from a file. */
export interface Piece {
  readonly from: ReadableDevice;
  /** Places in `from`. */
  readonly extents: ExtentList;
  /** Where its byte 0 lies on the stick. */
  readonly at: number;
}

/** What is written, and read back, at once. */
const WINDOW = 1 << 20;
/** A stick is slow and memory is not: without this nearly all of the time would go by after the last byte was "written". */
const FLUSH_BYTES = 16 << 20;

export const bytesOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, { extents }) => sum + extents.bytes, 0);

/** Yields bytes done. The last of them are not durable before the device is flushed. @throws WRITE_FAILED, TARGET_FULL, READ_FAILED */
export async function* pour(
  target: BlockDevice,
  pieces: readonly Piece[],
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  let done = 0;
  let waiting = 0;
  for await (const { bytes, offset } of windows(pieces, signal)) {
    await target.write(bytes, offset);
    done += bytes.length;
    waiting += bytes.length;
    if (waiting >= FLUSH_BYTES) {
      await target.flush();
      waiting = 0;
    }
    yield done;
  }
}

/** Reads the medium again, not the memory of this machine. Yields bytes done. @throws what `differs` makes of an offset */
export async function* compare(
  target: BlockDevice,
  pieces: readonly Piece[],
  differs: (offset: number) => Error,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  await forget(target.path);
  let done = 0;
  for await (const { bytes, offset } of windows(pieces, signal)) {
    const found = await readBytes(target, offset, bytes.length);
    if (Buffer.compare(found, bytes) !== 0) throw differs(offset + bytes.findIndex((byte, i) => byte !== found[i]));
    done += bytes.length;
    yield done;
  }
}

async function forget(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) await dropFileCache(path);
  else if (found?.isBlockDevice()) await dropCache(path);
}

async function* windows(
  pieces: readonly Piece[],
  signal: AbortSignal,
): AsyncGenerator<{ bytes: Uint8Array; offset: number }, void, undefined> {
  for (const { from, extents, at } of pieces)
    for (const { start, end } of extents)
      for (let place = start; place < end; place += WINDOW) {
        signal.throwIfAborted();
        const bytes = await readBytes(from, place, Math.min(WINDOW, end - place));
        yield { bytes, offset: at + place };
      }
}

/** What of a file system that was just made has to be copied. */
export async function usedBlocks(volume: ReadableDevice): Promise<ExtentList> {
  const filesystem = await detectFilesystem(volume);
  if (!filesystem) throw new Error(`${volume.path} holds no file system`);
  const { mode, extents } = await mapUsedBlocks(volume, filesystem);
  if (mode !== "used-blocks") throw new Error(`the used blocks of ${volume.path} cannot be told`);
  return extents;
}
