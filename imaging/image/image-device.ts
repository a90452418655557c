import { LifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import { openPositional } from "#imaging/worker/positional-io.ts";
import { chunkReader } from "#imaging/worker/read-chunk.ts";

/** The disk inside an image, to read from; what was not captured reads as zeros. */
export function openImageDevice(image: Image): ReadableDevice & Disposable {
  const { chunks, manifest } = image;
  const file = openPositional(image.path, "r");
  const readChunk = chunkReader(file, chunks);
  let held = { chunk: -1, plain: new Uint8Array(0) };

  const expand = (chunk: number): Uint8Array => {
    if (held.chunk === chunk) return held.plain;
    const read = readChunk(chunk);
    if ("problem" in read) throw chunkDamaged(image, chunk, read.problem);
    held = { chunk, plain: Uint8Array.from(read.plain) };
    return held.plain;
  };

  return {
    path: image.path,
    size: manifest.disk.size,
    sectorSize: manifest.disk.sectorSize,
    async read(into, offset) {
      into.fill(0);
      const end = offset + into.length;
      for (let chunk = firstChunkEndingAfter(chunks, offset); chunk < chunks.count; chunk++) {
        if (diskOffset(chunks, chunk) >= end) break;
        copyOverlap(chunks, chunk, () => expand(chunk), into, offset);
      }
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

export const diskOffset = (table: ChunkTable, chunk: number): number =>
  table.runOffset[table.firstRun[chunk] as number] as number;

/** @returns the error that names a damaged chunk, with its place in the file. */
export function chunkDamaged(image: Image, chunk: number, problem: string): LifeboatError<"CHUNK_DAMAGED"> {
  return new LifeboatError("CHUNK_DAMAGED", {
    file: image.path,
    region: image.manifest.regions[image.chunks.region[chunk] as number]?.label ?? "?",
    chunk,
    offset: image.chunks.recordOffset[chunk] as number,
    problem,
  });
}

/** Regions are in disk order and do not overlap, so chunks are too. */
function firstChunkEndingAfter(table: ChunkTable, offset: number): number {
  let low = 0;
  let high = table.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const lastRun = (table.firstRun[middle + 1] as number) - 1;
    const end = (table.runOffset[lastRun] as number) + (table.runLength[lastRun] as number);
    if (end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function copyOverlap(
  table: ChunkTable,
  chunk: number,
  plain: () => Uint8Array,
  into: Uint8Array,
  offset: number,
): void {
  let packed = 0;
  for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++) {
    const runStart = table.runOffset[run] as number;
    const runLength = table.runLength[run] as number;
    const start = Math.max(runStart, offset);
    const end = Math.min(runStart + runLength, offset + into.length);
    if (start < end) {
      const from = packed + start - runStart;
      into.set(plain().subarray(from, from + end - start), start - offset);
    }
    packed += runLength;
  }
}
