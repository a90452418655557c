import { MOST_READ } from "#imaging/clone/remote/wire.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";

/** Runs with a smaller gap between them are asked for at once: a request costs about as much as these bytes. */
const MERGE_GAP = 16 << 10;

/** One read of the other machine's disk, and what of it is wanted. */
export interface PackedRequest {
  /** Byte of the disk. */
  readonly offset: number;
  length: number;
  /** Place of the first wanted byte in the spool; the others follow without gaps. */
  readonly to: number;
  /** Wanted runs, in bytes of the disk: start and length in turn. */
  readonly runs: number[];
}

/**
 * The reads that bring chunks over, packed one behind the other.
 * @param moved of each region: how far behind its place on the disk the table says that it lies, in bytes
 * @param to where the first chunk goes in the spool
 */
export function* packedRequests(
  table: ChunkTable,
  chunks: Iterable<number>,
  moved: readonly number[],
  to: number,
): Generator<PackedRequest, void, undefined> {
  let next: PackedRequest | undefined;
  let place = to;
  for (const chunk of chunks) {
    const by = moved[table.region[chunk] as number] ?? 0;
    for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++) {
      const start = (table.runOffset[run] as number) - by;
      const length = table.runLength[run] as number;
      const gap = next ? start - next.offset - next.length : Number.POSITIVE_INFINITY;
      if (next && gap >= 0 && gap <= MERGE_GAP && start + length - next.offset <= MOST_READ) {
        next.length = start + length - next.offset;
        next.runs.push(start, length);
      } else {
        if (next) yield next;
        next = { offset: start, length, to: place, runs: [start, length] };
      }
      place += length;
    }
  }
  if (next) yield next;
}

/** Moves the wanted runs of what was read together, in place. @returns them, as a view */
export function closeGaps({ offset, runs }: PackedRequest, bytes: Uint8Array): Uint8Array {
  let to = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const from = (runs[i] as number) - offset;
    const length = runs[i + 1] as number;
    if (from !== to) bytes.copyWithin(to, from, from + length);
    to += length;
  }
  return bytes.subarray(0, to);
}
