import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { PositionalFile } from "#imaging/worker/positional-io.ts";

/** What is compared and written at a time: the blocks of nearly every file system. */
const PIECE = 4096;
/** Pieces that differ with less than this between them are written at once: one transfer costs less than two. */
const JOIN_GAP = 32 << 10;

/**
 * Writes of a chunk only what differs from what the disk holds. A chunk of which one block in 256 was changed, as daily
 * use changes a disk, would otherwise be written whole. Nothing between the runs is touched.
 * @param wanted the packed chunk, in memory as aligned as the buffer of a whole write
 * @param held what was read of the disk, packed in the same way
 * @returns bytes written
 */
export function writeDiffering(
  disk: PositionalFile,
  table: ChunkTable,
  chunk: number,
  wanted: Uint8Array,
  held: Uint8Array,
): number {
  let written = 0;
  let packed = 0;
  for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++) {
    const length = table.runLength[run] as number;
    const end = packed + length;
    for (const { from, to } of differing(wanted, held, packed, end)) {
      disk.write(wanted.subarray(from, to), (table.runOffset[run] as number) + from - packed);
      written += to - from;
    }
    packed = end;
  }
  return written;
}

/** The places in [start, end) where the two differ, in whole pieces. */
function* differing(a: Uint8Array, b: Uint8Array, start: number, end: number): Generator<{ from: number; to: number }> {
  let from = -1;
  let to = -1;
  for (let at = start; at < end; at += PIECE) {
    const next = Math.min(at + PIECE, end);
    if (Buffer.compare(a.subarray(at, next), b.subarray(at, next)) === 0) continue;
    if (from >= 0 && at - to > JOIN_GAP) {
      yield { from, to };
      from = -1;
    }
    if (from < 0) from = at;
    to = next;
  }
  if (from >= 0) yield { from, to };
}
