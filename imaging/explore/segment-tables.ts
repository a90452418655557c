import { ByteLru } from "#imaging/explore/byte-lru.ts";
import { allocateSegment, type ChunkTable } from "#imaging/image/chunk-table.ts";
import type { ImageIndex } from "#imaging/image/image-index.ts";

/** Tables of some hundred segments: reads all over a disk of 1 TB seldom load one twice. */
const MOST_BYTES = 32 << 20;

/**
 * The index of an image by segments, of which the last ones used are kept, each no larger than what it holds. Several
 * may ask at once; they load one after the other, into one table.
 */
export class SegmentTables {
  readonly #index: ImageIndex;
  readonly #kept = new ByteLru<number, ChunkTable>(MOST_BYTES);
  #room: ChunkTable | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(index: ImageIndex) {
    this.#index = index;
  }

  /** @throws IMAGE_DAMAGED, READ_FAILED */
  async get(segment: number): Promise<ChunkTable> {
    const kept = this.#kept.get(segment);
    if (kept) return kept;
    const loaded = this.#turn.then(() => this.#kept.get(segment) ?? this.#load(segment));
    this.#turn = loaded.catch(() => {});
    return await loaded;
  }

  async #load(segment: number): Promise<ChunkTable> {
    this.#room ??= allocateSegment();
    const table = compact(await this.#index.load(segment, this.#room));
    this.#kept.set(segment, table, bytesOf(table));
    return table;
  }
}

/** A copy without the room that a segment of the most chunks and runs would need. */
function compact(table: ChunkTable): ChunkTable {
  const { count } = table;
  const runs = table.firstRun[count] as number;
  return {
    first: table.first,
    count,
    region: table.region.slice(0, count),
    number: table.number.slice(0, count),
    rawLength: table.rawLength.slice(0, count),
    firstRun: table.firstRun.slice(0, count + 1),
    runOffset: table.runOffset.slice(0, runs),
    runLength: table.runLength.slice(0, runs),
    recordOffset: table.recordOffset.slice(0, count),
    storedLength: table.storedLength.slice(0, count),
    codec: table.codec.slice(0, count),
    sha256: table.sha256.slice(0, count * 32),
  };
}

const bytesOf = (table: ChunkTable): number =>
  Object.values(table).reduce((sum, list) => sum + (typeof list === "number" ? 0 : (list as Uint8Array).byteLength), 0);
