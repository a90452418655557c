import {
  allocateSegment,
  type ChunkTable,
  ChunkWalker,
  diskEnd,
  diskOffset,
  plainBytes,
  type RegionExtents,
  type WalkPosition,
} from "#imaging/image/chunk-table.ts";
import {
  type CatalogueEntry,
  FOOTER_SIZE,
  type Footer,
  indexEntry,
  RECORD,
  recordSpan,
  SEGMENT_CHUNKS,
} from "#imaging/image/format.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import { RecordFile } from "#imaging/image/record-file.ts";
import type { ChunkIndex } from "#imaging/image/restorable.ts";
import { fileOfVolume, type ImagePlace, lastVolume, recordsBegin, roomAt, volumeOf } from "#imaging/image/volumes.ts";

interface Segment {
  readonly page: CatalogueEntry;
  readonly from: WalkPosition;
  /** Bytes of the disk that its chunks lie in. */
  readonly diskStart: number;
  readonly diskEnd: number;
}

/** Finds the chunks of a repository. */
export interface ChunkLocator extends Disposable {
  /**
   * Fills in where the chunks of a segment lie, from their hashes; chunks of zeros lie nowhere. Those that the
   * repository has lost keep the address 0. @returns how many
   */
  locate(table: ChunkTable): number;
}

export interface IndexedImage {
  readonly place: ImagePlace;
  readonly catalogue: readonly CatalogueEntry[];
  readonly regions: readonly RegionExtents[];
  /** Bytes of a window. */
  readonly chunkSize: number;
  /** Of a point: its own pages say what its chunks are, and not where. */
  readonly openLocator?: (() => ChunkLocator) | undefined;
}

/**
 * All chunks of an image, read a segment at a time: memory does not grow with the disk. `check` must have passed
 * before anything else is asked.
 */
export class ImageIndex implements ChunkIndex {
  readonly #place: ImagePlace;
  readonly #catalogue: readonly CatalogueEntry[];
  readonly #regions: readonly RegionExtents[];
  readonly #chunkSize: number;
  readonly #openLocator: IndexedImage["openLocator"];
  readonly #segments: Segment[] = [];

  constructor({ place, catalogue, regions, chunkSize, openLocator }: IndexedImage) {
    this.#place = place;
    this.#catalogue = catalogue;
    this.#regions = regions;
    this.#chunkSize = chunkSize;
    this.#openLocator = openLocator;
  }

  /** The same chunks for a disk on which the regions lie elsewhere. It knows places on that disk no way back: `segmentsAt` is not for it. */
  moved(regions: readonly RegionExtents[]): ImageIndex {
    const moved = new ImageIndex({
      ...{ place: this.#place, catalogue: this.#catalogue, regions, chunkSize: this.#chunkSize },
      openLocator: this.#openLocator,
    });
    moved.#segments.push(...this.#segments);
    return moved;
  }

  get segments(): number {
    return this.#segments.length;
  }

  /** Number of the segment that holds chunk `chunk`. */
  segmentOf(chunk: number): number {
    return this.#segments.findLastIndex(({ page }) => page.number <= chunk);
  }

  /** Segments with a byte of the disk in [start, end). They are in disk order, as regions are. */
  segmentsAt(start: number, end: number): number[] {
    let first = 0;
    for (let high = this.#segments.length; first < high; ) {
      const middle = (first + high) >>> 1;
      if ((this.#segments[middle] as Segment).diskEnd <= start) first = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let i = first; i < this.#segments.length && (this.#segments[i] as Segment).diskStart < end; i++) found.push(i);
    return found;
  }

  /**
   * Chunks that the repository has lost. They are read as damaged ones. Each one is looked for in the repository, which
   * only who needs all of them should wait for.
   */
  async countLost(): Promise<number> {
    let lost = 0;
    await using file = new RecordFile(this.#place, "r");
    using locator = this.#openLocator?.();
    if (!locator) return 0;
    const table = allocateSegment();
    for (const segment of this.#segments) {
      await this.#load(file, undefined, segment, table);
      lost += locator.locate(table);
    }
    return lost;
  }

  /** The segments in order, all in the same `table`: one is gone when the next is asked for. */
  async *read(from = 0, table = allocateSegment()): AsyncGenerator<ChunkTable, void, undefined> {
    await using file = new RecordFile(this.#place, "r");
    using locator = this.#openLocator?.();
    for (let i = from; i < this.#segments.length; i++)
      yield await this.#load(file, locator, this.#segments[i] as Segment, table);
  }

  async load(segment: number, table = allocateSegment()): Promise<ChunkTable> {
    await using file = new RecordFile(this.#place, "r");
    using locator = this.#openLocator?.();
    return await this.#load(file, locator, this.#segments[segment] as Segment, table);
  }

  /**
   * Holds every index page against the extents, and looks whether records cover the volumes without gap or overlap:
   * then no byte is outside every checksum. @throws IMAGE_DAMAGED
   */
  async check(file: RecordFile, end: Footer): Promise<void> {
    const walker = new ChunkWalker(this.#regions, this.#chunkSize);
    const tiling = new Tiling(file, this.#catalogue);
    const table = allocateSegment();
    let chunks = 0;
    let bytes = 0;
    for (const page of this.#catalogue.filter(({ type }) => type === RECORD.index)) {
      const from = walker.position;
      const part = `the index from chunk ${page.number}`;
      if (page.number !== chunks || page.count > SEGMENT_CHUNKS)
        throw file.damaged(part, page.offset, "it is out of order");
      if (walker.fill(table, page.count) !== page.count || page.count === 0)
        throw file.damaged(part, page.offset, "it does not agree with the extents");
      await readIndexPage(file, page, table);
      await tiling.passSegment(table, page);
      const last = table.count - 1;
      this.#segments.push({ page, from, diskStart: diskOffset(table, 0), diskEnd: diskEnd(table, last) });
      chunks += table.count;
      bytes += plainBytes(table);
    }
    if (walker.fill(table) !== 0) throw file.damaged("the index", end.catalogueOffset, "it names too few chunks");
    await tiling.finish(end);
    if (end.chunks !== chunks || end.rawBytes !== bytes)
      throw file.damaged("the footer", end.catalogueOffset, "it counts other chunks than the index");
  }

  async #load(
    file: RecordFile,
    locator: ChunkLocator | undefined,
    { page, from }: Segment,
    table: ChunkTable,
  ): Promise<ChunkTable> {
    new ChunkWalker(this.#regions, this.#chunkSize, from).fill(table, page.count);
    await readIndexPage(file, page, table);
    locator?.locate(table);
    return table;
  }
}

async function readIndexPage(file: RecordFile, page: CatalogueEntry, table: ChunkTable): Promise<void> {
  const part = `the index from chunk ${page.number}`;
  const plain = await file.readPage(page, part, MOST_BYTES.index);
  if (plain.length !== page.count * indexEntry.size) throw file.damaged(part, page.offset, "it has a part entry");
  for (let i = 0; i < table.count; i++) {
    const row = parseEntry(file, plain.subarray(i * indexEntry.size), part, page.offset);
    if (row.number !== table.number[i] || row.rawLength !== table.rawLength[i])
      throw file.damaged(part, page.offset, `chunk ${table.first + i} does not agree with the extents`);
    if (file.place.isPoint && (row.offset !== 0 || row.storedLength !== 0))
      throw file.damaged(part, page.offset, `chunk ${table.first + i} of a point has a place`);
    table.recordOffset[i] = row.offset;
    table.storedLength[i] = row.storedLength;
    table.codec[i] = row.codec;
    table.sha256.set(row.sha256, i * 32);
  }
}

function parseEntry(file: RecordFile, bytes: Uint8Array, part: string, address: number) {
  try {
    return indexEntry.parse(bytes);
  } catch (error) {
    throw file.damaged(part, address, (error as Error).message);
  }
}

/** Follows the records through the volumes in the order of their addresses. */
class Tiling {
  readonly #file: RecordFile;
  readonly #pages: readonly CatalogueEntry[];
  readonly #sealed: boolean;
  readonly #isPoint: boolean;
  #at: number;
  #page = 0;

  constructor(file: RecordFile, catalogue: readonly CatalogueEntry[]) {
    this.#file = file;
    this.#pages = catalogue.toSorted((a, b) => a.offset - b.offset);
    this.#sealed = file.place.recordKey !== undefined;
    this.#isPoint = file.place.isPoint === true;
    this.#at = recordsBegin(file.place);
  }

  /** The chunks of a segment, and its index page behind them. Those of a point are elsewhere. */
  async passSegment(table: ChunkTable, index: CatalogueEntry): Promise<void> {
    if (this.#isPoint) await this.#passPages(index.offset);
    else await this.#passChunks(table);
    if (this.#pages[this.#page] !== index) throw this.#gap();
    await this.#passPages(index.offset + 1);
  }

  async #passChunks(table: ChunkTable): Promise<void> {
    const order = Array.from({ length: table.count }, (_, i) => i);
    order.sort((a, b) => (table.recordOffset[a] as number) - (table.recordOffset[b] as number));
    for (const chunk of order) {
      const offset = table.recordOffset[chunk] as number;
      await this.#passPages(offset);
      await this.#pass(offset, recordSpan(table.storedLength[chunk] as number, this.#sealed));
    }
  }

  async finish(end: Footer): Promise<void> {
    await this.#passPages(end.catalogueOffset);
    if (this.#page < this.#pages.length) throw this.#gap();
    const { place } = this.#file;
    const behind = volumeOf(place, end.catalogueOffset) * place.volumeSize + end.fileSize;
    await this.#pass(end.catalogueOffset, behind - end.catalogueOffset);
    if (behind - FOOTER_SIZE <= end.catalogueOffset) throw this.#gap();
  }

  async #passPages(before: number): Promise<void> {
    for (let page = this.#pages[this.#page]; page && page.offset < before; page = this.#pages[++this.#page])
      await this.#pass(page.offset, recordSpan(page.storedLength, this.#sealed));
  }

  async #pass(offset: number, span: number): Promise<void> {
    const { place } = this.#file;
    const room = roomAt(place, this.#at, span);
    if (offset !== room) throw this.#gap();
    if (volumeOf(place, room) !== lastVolume(place, this.#at)) await this.#endVolume();
    this.#at = room + span;
  }

  /** A volume ends with its last record. */
  async #endVolume(): Promise<void> {
    const { place } = this.#file;
    const volume = lastVolume(place, this.#at);
    const { size } = await (await this.#file.volume(volume)).stat();
    if (size !== this.#at - volume * place.volumeSize)
      throw this.#file.damaged(`the volume ${fileOfVolume(place, volume)}`, this.#at - 1, "it has another length");
  }

  #gap(): Error {
    return this.#file.damaged("the index", this.#at, "records do not follow one another");
  }
}
