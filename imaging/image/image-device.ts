import { LifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { allocateSegment, type ChunkTable, diskEnd, diskOffset } from "#imaging/image/chunk-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import { openPlace } from "#imaging/image/volumes.ts";
import { chunkReader } from "#imaging/worker/read-chunk.ts";
import type { ChunkProblem } from "#imaging/worker/task.ts";

/** Told of a damaged chunk of a segment, which then reads as zeros. */
export type OnDamage = (table: ChunkTable, problem: ChunkProblem) => void;

/**
 * The disk inside an image, to read from; what was not captured reads as zeros.
 * @param onDamage without it, a read of a damaged chunk throws CHUNK_DAMAGED
 */
export function openImageDevice(image: Image, onDamage?: OnDamage): ReadableDevice & Disposable {
  const { index, manifest, chunkPlace } = image;
  const file = openPlace(chunkPlace, "r");
  const readChunk = chunkReader(file, chunkPlace);
  const table = allocateSegment();
  let loaded = -1;
  let held = { chunk: -1, plain: new Uint8Array(0) };

  const expand = (chunk: number): Uint8Array => {
    if (held.chunk === table.first + chunk) return held.plain;
    const read = readChunk(table, chunk);
    if ("problem" in read && !onDamage) throw chunkDamaged(image, table, chunk, read.problem);
    if ("problem" in read) onDamage?.(table, { chunk: table.first + chunk, problem: read.problem });
    const plain = "problem" in read ? new Uint8Array(table.rawLength[chunk] as number) : Uint8Array.from(read.plain);
    held = { chunk: table.first + chunk, plain };
    return held.plain;
  };
  // Reads take turns: they share the one table.
  let turn: Promise<void> = Promise.resolve();
  const readNow = async (into: Uint8Array, offset: number): Promise<void> => {
    into.fill(0);
    const end = offset + into.length;
    for (const segment of index.segmentsAt(offset, end)) {
      if (segment !== loaded) {
        loaded = -1; // a load that fails leaves a table of nothing
        await index.load(segment, table);
        loaded = segment;
      }
      for (let chunk = firstChunkEndingAfter(table, offset); chunk < table.count; chunk++) {
        if (diskOffset(table, chunk) >= end) break;
        await image.fetch?.(table, [chunk]);
        copyOverlap(table, chunk, () => expand(chunk), into, offset);
      }
    }
  };
  return {
    path: image.path,
    size: manifest.disk.size,
    sectorSize: manifest.disk.sectorSize,
    read(into, offset) {
      const result = turn.then(() => readNow(into, offset));
      turn = result.catch(() => {});
      return result;
    },
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

/** @param chunk its place in `table`. @returns the error that names a damaged chunk, with its place in the file. */
export function chunkDamaged(
  image: Pick<Image, "path" | "manifest">,
  table: ChunkTable,
  chunk: number,
  problem: string,
): LifeboatError<"CHUNK_DAMAGED"> {
  return new LifeboatError("CHUNK_DAMAGED", {
    file: image.path,
    region: image.manifest.regions[table.region[chunk] as number]?.label ?? "?",
    chunk: table.first + chunk,
    offset: table.recordOffset[chunk] as number,
    problem,
  });
}

/** The first chunk of a table that ends behind `offset`. Regions are in disk order and do not overlap, so chunks are too. */
export function firstChunkEndingAfter(table: ChunkTable, offset: number): number {
  let low = 0;
  let high = table.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (diskEnd(table, middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Copies what a chunk has of the bytes of the disk from `offset` on. @param plain expands so many of its bytes or more, when it has any */
export function copyOverlap(
  table: ChunkTable,
  chunk: number,
  plain: (least: number) => Uint8Array,
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
      into.set(plain(from + end - start).subarray(from, from + end - start), start - offset);
    }
    packed += runLength;
  }
}
