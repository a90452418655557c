import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import type { PositionalFile } from "#imaging/worker/positional-io.ts";

/** Runs with a smaller gap between them are read and written together: one long transfer costs less than two short ones. */
const MERGE_GAP = 32 << 10;
/** A window with all its gaps is never longer than a chunk. */
export const PACK_BUFFER_SIZE = CHUNK_SIZE;

/** Reads the runs of a chunk into `buffer`, packed one behind the other. @returns the packed bytes as a view. */
export function readPacked(disk: PositionalFile, table: ChunkTable, chunk: number, buffer: Uint8Array): Uint8Array {
  const last = table.firstRun[chunk + 1] as number;
  let packed = 0;
  for (let run = table.firstRun[chunk] as number; run < last; ) {
    const next = endOfMerged(table, run, last, buffer.length - packed);
    const begin = table.runOffset[run] as number;
    const stop = (table.runOffset[next - 1] as number) + (table.runLength[next - 1] as number);
    disk.read(buffer.subarray(packed, packed + stop - begin), begin);
    packed = closeGaps(table, run, next, begin, buffer, packed);
    run = next;
  }
  return buffer.subarray(0, packed);
}

/** Moves the runs of one merged read together, in place. @returns the new end of the packed bytes. */
function closeGaps(
  table: ChunkTable,
  firstRun: number,
  endRun: number,
  diskOffset: number,
  buffer: Uint8Array,
  packed: number,
): number {
  let to = packed;
  for (let run = firstRun; run < endRun; run++) {
    const from = packed + (table.runOffset[run] as number) - diskOffset;
    const length = table.runLength[run] as number;
    if (from !== to) buffer.copyWithin(to, from, from + length);
    to += length;
  }
  return to;
}

/**
 * Writes packed bytes back to where their runs lie on the disk. Runs with a small gap between them are written at
 * once, with zeros for the gap: what lies there belongs to no file.
 * @param room a buffer of PACK_BUFFER_SIZE for that
 */
export function writePacked(
  disk: PositionalFile,
  table: ChunkTable,
  chunk: number,
  bytes: Uint8Array,
  room: Uint8Array,
): void {
  const last = table.firstRun[chunk + 1] as number;
  let from = 0;
  for (let run = table.firstRun[chunk] as number; run < last; ) {
    const next = endOfMerged(table, run, last, room.length);
    const begin = table.runOffset[run] as number;
    if (next === run + 1) {
      const length = table.runLength[run] as number;
      disk.write(bytes.subarray(from, from + length), begin);
      from += length;
    } else {
      const stop = (table.runOffset[next - 1] as number) + (table.runLength[next - 1] as number);
      const merged = room.subarray(0, stop - begin).fill(0);
      for (let i = run; i < next; i++) {
        const length = table.runLength[i] as number;
        merged.set(bytes.subarray(from, from + length), (table.runOffset[i] as number) - begin);
        from += length;
      }
      disk.write(merged, begin);
    }
    run = next;
  }
}

/** The run behind those that are read or written at once with `run`. */
function endOfMerged(table: ChunkTable, run: number, last: number, most: number): number {
  const begin = table.runOffset[run] as number;
  let stop = begin + (table.runLength[run] as number);
  let next = run + 1;
  for (; next < last; next++) {
    const offset = table.runOffset[next] as number;
    const end = offset + (table.runLength[next] as number);
    if (offset - stop > MERGE_GAP || end - begin > most) break;
    stop = end;
  }
  return next;
}
