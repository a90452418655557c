import { LifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ByteLru } from "#imaging/explore/byte-lru.ts";
import { nextData, nextHole } from "#imaging/explore/holes.ts";
import { SegmentTables } from "#imaging/explore/segment-tables.ts";
import { type ChunkTable, diskOffset } from "#imaging/image/chunk-table.ts";
import { CODEC } from "#imaging/image/format.ts";
import { chunkDamaged, copyOverlap, firstChunkEndingAfter } from "#imaging/image/image-device.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import { openPlace } from "#imaging/image/volumes.ts";
import { DiskIoError } from "#imaging/worker/positional-io.ts";
import { chunkStartReader } from "#imaging/worker/read-chunk.ts";

/** Expanded chunks that are kept for the reads that follow. */
const MOST_CHUNK_BYTES = 64 << 20;
/** Damaged chunks that are remembered, and told of. An image with more is read all the same. */
const MOST_DAMAGED = 1000;

/** The disk inside an image for reads anywhere, several at once, which remember what was expanded for others. */
export interface ImageSource extends ReadableDevice, Disposable {
  /** Bytes that were asked for, ever. */
  readonly servedBytes: number;
  /** What could not be read, each once and the first thousand. */
  readonly damage: readonly LifeboatError[];
  /** As of ServedFile; zeros that were captured count as data. */
  nextData(offset: number): number | undefined;
  nextHole(offset: number): number;
}

/** @throws READ_FAILED. A read throws CHUNK_DAMAGED, IMAGE_DAMAGED, READ_FAILED. */
export function openImageSource(image: Image, onDamage: (damage: LifeboatError) => void = () => {}): ImageSource {
  return new Source(image, onDamage);
}

/** A chunk of which the first bytes are there, or all. */
interface Expanded {
  readonly room: Buffer;
  readonly length: number;
}

class Source implements ImageSource {
  readonly path: string;
  readonly size: number;
  readonly sectorSize: number;
  servedBytes = 0;
  readonly damage: LifeboatError[] = [];
  readonly #image: Image;
  readonly #file: ReturnType<typeof openPlace>;
  readonly #readStart: ReturnType<typeof chunkStartReader>;
  readonly #tables: SegmentTables;
  readonly #chunks = new ByteLru<number, Expanded>(MOST_CHUNK_BYTES);
  readonly #damaged = new Set<number>();
  readonly #onDamage: (damage: LifeboatError) => void;
  /** What had to go last: the next chunk of its length goes where it was. */
  #spare: Buffer | undefined;

  constructor(image: Image, onDamage: (damage: LifeboatError) => void) {
    this.path = image.path;
    this.size = image.manifest.disk.size;
    this.sectorSize = image.manifest.disk.sectorSize;
    this.#image = image;
    this.#file = openPlace(image.chunkPlace, "r");
    this.#readStart = chunkStartReader(this.#file, image.chunkPlace);
    this.#tables = new SegmentTables(image.index);
    this.#onDamage = onDamage;
  }

  async read(into: Uint8Array, offset: number): Promise<void> {
    into.fill(0);
    this.servedBytes += into.length;
    const end = offset + into.length;
    for (const segment of this.#image.index.segmentsAt(offset, end)) {
      const table = await this.#tableOf(segment, offset, end);
      for (let chunk = firstChunkEndingAfter(table, offset); chunk < table.count; chunk++) {
        if (diskOffset(table, chunk) >= end) break;
        if (table.codec[chunk] === CODEC.zero) continue;
        copyOverlap(table, chunk, (least) => this.#expanded(table, chunk, least), into, offset);
      }
    }
  }

  nextData = (offset: number): number | undefined => nextData(this.#image.regions, offset);
  nextHole = (offset: number): number => nextHole(this.#image.regions, offset, this.size);

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }

  /** The chunks of a segment, those of [offset, end) at hand where they are read from far away. */
  async #tableOf(segment: number, offset: number, end: number): Promise<ChunkTable> {
    const table = await this.#tables.get(segment);
    const { fetch } = this.#image;
    if (!fetch) return table;
    const wanted: number[] = [];
    for (let chunk = firstChunkEndingAfter(table, offset); chunk < table.count; chunk++) {
      if (diskOffset(table, chunk) >= end) break;
      if (this.#chunks.get(table.first + chunk)?.length !== table.rawLength[chunk]) wanted.push(chunk);
    }
    await fetch(table, wanted);
    return await this.#tables.get(segment);
  }

  /**
   * Good until the next call: copied from at once. Of a chunk that is looked at once, no more is expanded than that takes;
   * who comes back is reading on, and gets all.
   */
  #expanded(table: ChunkTable, chunk: number, least: number): Uint8Array {
    const number = table.first + chunk;
    const kept = this.#chunks.get(number);
    if (kept && kept.length >= least) return kept.room;
    const rawLength = table.rawLength[chunk] as number;
    const room = kept?.room ?? this.#roomOf(rawLength);
    const length = this.#read(table, chunk, room, kept ? rawLength : least);
    [this.#spare] = this.#chunks
      .set(number, { room, length }, room.length)
      .map((gone) => gone.room)
      .slice(-1);
    return room;
  }

  #roomOf(length: number): Buffer {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare?.length === length ? spare : Buffer.allocUnsafeSlow(length);
  }

  #read(table: ChunkTable, chunk: number, into: Buffer, least: number): number {
    const read = this.#tryRead(table, chunk, into, least);
    if (typeof read === "number") return read;
    const number = table.first + chunk;
    this.#chunks.delete(number); // its room may hold anything
    if (!this.#damaged.has(number) && this.#damaged.size < MOST_DAMAGED) {
      this.#damaged.add(number);
      this.damage.push(read);
      this.#onDamage(read);
    }
    throw read;
  }

  #tryRead(table: ChunkTable, chunk: number, into: Buffer, least: number): number | LifeboatError {
    try {
      const read = this.#readStart(table, chunk, into, least);
      return typeof read === "number" ? read : chunkDamaged(this.#image, table, chunk, read.problem);
    } catch (cause) {
      if (!(cause instanceof DiskIoError)) throw cause;
      const details = { device: cause.path, offset: cause.offset, reason: cause.message };
      return new LifeboatError("READ_FAILED", details, { cause });
    }
  }
}
