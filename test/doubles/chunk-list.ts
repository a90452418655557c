import {
  allocateSegment,
  type ChunkTable,
  ChunkWalker,
  diskOffset,
  type RegionExtents,
} from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import type { Image } from "#imaging/image/image-reader.ts";

/** All chunks of a small sample in one table. */
export function wholeTable(regions: readonly RegionExtents[], chunkSize = CHUNK_SIZE): ChunkTable {
  const table = allocateSegment();
  const walker = new ChunkWalker(regions, chunkSize);
  walker.fill(table);
  if (walker.fill(allocateSegment()) > 0) throw new Error("more than one segment");
  return table;
}

export interface ListedChunk {
  readonly chunk: number;
  readonly region: number;
  /** Of the window in its region. */
  readonly number: number;
  readonly codec: number;
  readonly recordOffset: number;
  readonly storedLength: number;
  /** Offset and length on the disk. */
  readonly runs: readonly (readonly [number, number])[];
  readonly diskOffset: number;
}

function runsOf(table: ChunkTable, chunk: number): [number, number][] {
  const list: [number, number][] = [];
  for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++)
    list.push([table.runOffset[run] as number, table.runLength[run] as number]);
  return list;
}

/** All chunks of an image, as its index has them. */
export async function listChunks(image: Image): Promise<ListedChunk[]> {
  const list: ListedChunk[] = [];
  for await (const table of image.index.read())
    for (let i = 0; i < table.count; i++)
      list.push({
        chunk: table.first + i,
        region: table.region[i] as number,
        number: table.number[i] as number,
        codec: table.codec[i] as number,
        recordOffset: table.recordOffset[i] as number,
        storedLength: table.storedLength[i] as number,
        runs: runsOf(table, i),
        diskOffset: diskOffset(table, i),
      });
  return list;
}
