import { crc32 } from "node:zlib";
import { LifeboatError } from "#base/errors.ts";
import { at, struct, u32, u64 } from "#base/struct.ts";
import { type BlockDevice, type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { roundUp } from "#imaging/layout/layout.ts";
import { dropCache } from "#imaging/restore/target-device.ts";

/** Where pieces start, whatever the disk's sectors are. */
export const LOG_UNIT = 4096;
/** Bytes of the longest piece: it is held in memory. */
const MOST_PIECE = 1 << 20;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const logEntry = struct("LogEntry", "docs/format/move.md, Log", 16, {
  target: at(0,  u64, "byte of the disk to which the piece goes"),
  length: at(8,  u32, "its bytes, at most 1 MiB; in the log it takes whole units of 4096"),
  crc32:  at(12, u32, "CRC-32 of its bytes"),
});

/** Where a log stands, and what it holds. */
export interface LogPlace {
  /** Bytes of the disk, in whole units; together they are the log. */
  readonly extents: readonly Extent[];
  readonly pieces: number;
  readonly indexCrc32: number;
}

/** Bytes of a log of these changes. */
export function logBytes(changes: Iterable<Extent>): number {
  const pieces = [...cut(changes)];
  const content = pieces.reduce((sum, { start, end }) => sum + roundUp(end - start, LOG_UNIT), 0);
  return roundUp(pieces.length * logEntry.size, LOG_UNIT) + content;
}

/**
 * Writes down what shall be changed, flushed and read back. @param changes of `changed`, in order
 * @param target byte of the disk where `changed` starts @throws READ_FAILED, WRITE_FAILED, MOVE_READS_BACK
 */
export async function writeLog(
  device: BlockDevice,
  extents: readonly Extent[],
  { changed, changes, target }: { changed: ReadableDevice; changes: Iterable<Extent>; target: number },
): Promise<LogPlace> {
  const pieces = [...cut(changes)];
  const index = new Uint8Array(roundUp(pieces.length * logEntry.size, LOG_UNIT));
  let place = index.length;
  for (const [i, { start, end }] of pieces.entries()) {
    const padded = new Uint8Array(roundUp(end - start, LOG_UNIT));
    const piece = padded.subarray(0, end - start);
    await changed.read(piece, start);
    index.set(logEntry.serialise({ target: target + start, length: piece.length, crc32: crc32(piece) }), 16 * i);
    await writeAcross(device, extents, padded, place);
    place += padded.length;
  }
  await writeAcross(device, extents, index, 0);
  await device.flush();
  await dropCache(device.path);
  const log: LogPlace = { extents, pieces: pieces.length, indexCrc32: crc32(index) };
  for await (const _piece of readLog(device, log));
  return log;
}

/** Every piece of a log, and where it goes. @throws MOVE_READS_BACK where it is not what was written; READ_FAILED */
export async function* readLog(
  device: ReadableDevice,
  { extents, pieces, indexCrc32 }: LogPlace,
): AsyncGenerator<{ target: number; piece: Uint8Array }, void, undefined> {
  const index = await readAcross(device, extents, 0, roundUp(pieces * logEntry.size, LOG_UNIT));
  if (crc32(index) !== indexCrc32) throw readsBack(device, extents, 0);
  let place = index.length;
  for (let i = 0; i < pieces; i++) {
    const entry = logEntry.parse(index.subarray(16 * i, 16 * (i + 1)));
    const piece = await readAcross(device, extents, place, Math.min(entry.length, MOST_PIECE));
    const isInside = entry.target + entry.length <= device.size;
    if (piece.length !== entry.length || crc32(piece) !== entry.crc32 || !isInside)
      throw readsBack(device, extents, place);
    yield { target: entry.target, piece };
    place += roundUp(piece.length, LOG_UNIT);
  }
}

const readsBack = (device: ReadableDevice, extents: readonly Extent[], place: number): LifeboatError => {
  const [first] = partsOf(extents, place, 1);
  return new LifeboatError("MOVE_READS_BACK", { device: device.path, offset: first?.at ?? 0 });
};

function* cut(changes: Iterable<Extent>): Generator<Extent> {
  for (const { start, end } of changes)
    for (let from = start; from < end; from += MOST_PIECE) yield { start: from, end: Math.min(end, from + MOST_PIECE) };
}

async function writeAcross(
  device: BlockDevice,
  extents: readonly Extent[],
  bytes: Uint8Array,
  place: number,
): Promise<void> {
  for (const { at: byte, from, to } of partsOf(extents, place, bytes.length))
    await device.write(bytes.subarray(from, to), byte);
}

async function readAcross(
  device: ReadableDevice,
  extents: readonly Extent[],
  place: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (const { at: byte, from, to } of partsOf(extents, place, length))
    bytes.set(await readBytes(device, byte, to - from), from);
  return bytes;
}

/** Where `length` bytes from byte `place` of the log on stand on the disk. @throws RangeError behind its end */
function partsOf(
  extents: readonly Extent[],
  place: number,
  length: number,
): { at: number; from: number; to: number }[] {
  const parts: { at: number; from: number; to: number }[] = [];
  let before = 0;
  let done = 0;
  for (const { start, end } of extents) {
    const skipped = place + done - before;
    before += end - start;
    if (done === length || skipped >= end - start) continue;
    const to = Math.min(length, done + end - start - skipped);
    parts.push({ at: start + skipped, from: done, to });
    done = to;
  }
  if (done < length) throw new RangeError(`the log ends before byte ${place + length}`);
  return parts;
}
