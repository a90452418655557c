import { allocateSegment, type ChunkTable, ChunkWalker, diskEnd, diskOffset } from "#imaging/image/chunk-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { Manifest } from "#imaging/image/manifest.ts";

/**
 * When a chunk is written:
 * - `data`: everything that no firmware or kernel looks at first;
 * - `boot-areas`: boot loader gaps, the first window of every volume (boot sectors, superblocks), a table in chunks;
 * - `sector-zero`: the chunk with sector 0 of a disk whose table, if any, is in its chunks: when all else is checked;
 * - `table`: not from the chunk, but from the table made to fit the target;
 * - `left-out`: not at all, because it has no place in the layout of the target.
 */
export type WritePhase = "data" | "boot-areas" | "sector-zero" | "table" | "left-out";

/** What is written when, without a list of all chunks: an image of a large disk has millions. */
export interface ChunkOrder {
  phaseOf(table: ChunkTable, chunk: number): WritePhase;
  /** Whether it is read back before sector 0 and the table are written, which are compared by themselves. */
  isVerifiable(table: ChunkTable, chunk: number): boolean;
  /** Plain bytes of each phase, and of what is read back. */
  readonly bytes: Readonly<Record<WritePhase | "verify", number>>;
  /** Numbers of the chunks that are not data: there are few. */
  readonly special: Readonly<Record<"boot-areas" | "sector-zero", readonly number[]>>;
}

export function orderChunks({
  regions,
  manifest,
  chunkSize,
  placement,
}: Pick<Image, "regions" | "manifest" | "chunkSize" | "placement">): ChunkOrder {
  const isLeftOut = (table: ChunkTable, chunk: number) =>
    placement?.isLeftOut(table.region[chunk] as number, table.number[chunk] as number) === true;
  const phaseOf = (table: ChunkTable, chunk: number) =>
    isLeftOut(table, chunk) ? "left-out" : writePhase(manifest, table, chunk);
  const isVerifiable = (table: ChunkTable, chunk: number) => ["data", "boot-areas"].includes(phaseOf(table, chunk));
  const bytes = { data: 0, "boot-areas": 0, "sector-zero": 0, table: 0, "left-out": 0, verify: 0 };
  const special: Record<"boot-areas" | "sector-zero", number[]> = { "boot-areas": [], "sector-zero": [] };
  const walker = new ChunkWalker(placement?.regions ?? regions, chunkSize);
  for (const table = allocateSegment(); walker.fill(table) > 0; )
    for (let chunk = 0; chunk < table.count; chunk++) {
      const phase = phaseOf(table, chunk);
      const length = table.rawLength[chunk] as number;
      bytes[phase] += length;
      if (isVerifiable(table, chunk)) bytes.verify += length;
      if (phase === "boot-areas" || phase === "sector-zero") special[phase].push(table.first + chunk);
    }
  return { phaseOf, isVerifiable, bytes, special };
}

function writePhase(manifest: Manifest, table: ChunkTable, chunk: number): WritePhase {
  const kind = manifest.regions[table.region[chunk] as number]?.kind;
  if (kind === "table") return "table";
  if (diskOffset(table, chunk) === 0) return "sector-zero";
  const isFirst = table.number[chunk] === 0;
  const isBootArea = kind === "gap" || holdsTable(manifest, table, chunk) || (isFirst && kind !== "tail");
  return isBootArea ? "boot-areas" : "data";
}

/** A whole-disk image has its table in the first and last windows. */
function holdsTable(manifest: Manifest, table: ChunkTable, chunk: number): boolean {
  const kind = manifest.regions[table.region[chunk] as number]?.kind;
  return kind === "disk" && (table.number[chunk] === 0 || diskEnd(table, chunk) === manifest.disk.size);
}
