import { diskOffset } from "#imaging/image/image-device.ts";
import type { Image } from "#imaging/image/image-reader.ts";

/** Chunks by the phase in which they are written. */
export interface ChunkOrder {
  /** Everything that no firmware or kernel looks at first. */
  readonly data: Uint32Array;
  /** Boot loader gaps, the first window of every volume (boot sectors, superblocks), and a table that is in chunks. */
  readonly bootAreas: Uint32Array;
  /** The chunk with sector 0 of a disk whose table, if any, is in its chunks: written when all else has been checked. */
  readonly sectorZero: Uint32Array;
  /** What must read back as the image has it. Sector 0 and the table are compared by themselves, after their writing. */
  readonly verifiable: Uint32Array;
}

export function orderChunks({ chunks, manifest }: Pick<Image, "chunks" | "manifest">, targetSize: number): ChunkOrder {
  const data: number[] = [];
  const bootAreas: number[] = [];
  const sectorZero: number[] = [];
  const verifiable: number[] = [];
  for (let chunk = 0; chunk < chunks.count; chunk++) {
    const kind = manifest.regions[chunks.region[chunk] as number]?.kind;
    if (kind === "table") continue;
    const isFirst = chunks.number[chunk] === 0;
    const lastRun = (chunks.firstRun[chunk + 1] as number) - 1;
    const end = (chunks.runOffset[lastRun] as number) + (chunks.runLength[lastRun] as number);
    // A whole-disk image has its table in the first and last windows.
    const holdsTable = kind === "disk" && (isFirst || end === manifest.disk.size);
    if (diskOffset(chunks, chunk) === 0) {
      sectorZero.push(chunk);
      continue;
    }
    const isBootArea = kind === "gap" || holdsTable || (isFirst && kind !== "tail");
    (isBootArea ? bootAreas : data).push(chunk);
    // On a larger disk the table is adapted.
    if (!holdsTable || targetSize === manifest.disk.size) verifiable.push(chunk);
  }
  return {
    data: shared(data),
    bootAreas: shared(bootAreas),
    sectorZero: shared(sectorZero),
    verifiable: shared(verifiable),
  };
}

/** In shared memory, so that no thread gets a copy. */
function shared(chunks: readonly number[]): Uint32Array {
  const order = new Uint32Array(new SharedArrayBuffer(chunks.length * 4));
  order.set(chunks);
  return order;
}
