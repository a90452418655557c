import type { DiskIndex } from "#imaging/clone/disk-index.ts";
import { closeGaps, type PackedRequest, packedRequests } from "#imaging/clone/remote/packed-requests.ts";
import type { PeerConnection } from "#imaging/clone/remote/peer-connection.ts";
import type { Spool } from "#imaging/clone/remote/spool.ts";
import { MOST_IN_FLIGHT, MOST_READ, WIRE_SEGMENT_CHUNKS, wireSegment } from "#imaging/clone/remote/wire.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import type { PlacedChunks } from "#imaging/image/restorable.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";

/** Half of the spool: one segment. */
const HALF = WIRE_SEGMENT_CHUNKS * CHUNK_SIZE;

/** Chunks of a segment that stand in the spool: the places by their numbers in the segment. */
interface Fetched {
  /** Number of the segment's first chunk. */
  readonly first: number;
  readonly places: ReadonlyMap<number, number>;
}

/**
 * Brings the chunks of a segment over into a spool, and those of the next one while the threads write this one: the spool
 * holds two segments and is never larger.
 */
export class SegmentFetcher {
  readonly #peer: PeerConnection;
  readonly #index: DiskIndex;
  readonly #spool: Spool;
  readonly #buffers = Array.from({ length: MOST_IN_FLIGHT }, () => Buffer.allocUnsafeSlow(MOST_READ));
  readonly #nextTable = wireSegment();
  readonly #bad = new Map<number, BadExtent>();
  #ahead: Promise<Fetched> | undefined;
  #half = 0;

  constructor(peer: PeerConnection, index: DiskIndex, spool: Spool) {
    this.#peer = peer;
    this.#index = index;
    this.#spool = spool;
  }

  /** What could not be read of all that came over, in order. */
  get bad(): readonly BadExtent[] {
    return [...this.#bad.values()].toSorted((a, b) => a.start - b.start);
  }

  /** FetchChunks. @throws PEER_LOST, PEER_INVALID, READ_FAILED, SPACE_EXHAUSTED, WRITE_FAILED */
  async fetch(table: ChunkTable, order: Iterable<number>, placed?: PlacedChunks): Promise<void> {
    const wanted = [...order];
    const ahead = await this.#ahead;
    this.#ahead = undefined;
    const isThere = ahead?.first === table.first && wanted.every((chunk) => ahead.places.has(chunk));
    const { places } = isThere ? ahead : await this.#download(table, wanted, placed?.moved ?? []);
    for (const chunk of wanted) table.recordOffset[chunk] = places.get(chunk) as number;
    // Of a segment of which little is asked for, as little will be asked for of the next one.
    if (wanted.length * 2 < table.count) return;
    this.#ahead = this.#fetchAhead(table, placed);
    this.#ahead.catch(() => {}); // thrown when it is asked for
  }

  async #fetchAhead({ first, count }: ChunkTable, placed: PlacedChunks | undefined): Promise<Fetched> {
    const next = first + count;
    if (next >= this.#index.chunks) return { first: next, places: new Map() };
    const table = await this.#index.load(this.#index.segmentOf(next), this.#nextTable);
    const chunks = Array.from({ length: table.count }, (_, chunk) => chunk);
    const wanted = chunks.filter((chunk) => {
      const [region, window] = [table.region[chunk] as number, table.number[chunk] as number];
      return !placed?.isLeftOut(region, window);
    });
    return this.#download(table, wanted, []);
  }

  async #download(table: ChunkTable, chunks: readonly number[], moved: readonly number[]): Promise<Fetched> {
    const { first } = table;
    this.#half = HALF - this.#half; // the other one holds what the threads read now
    const places = new Map<number, number>();
    let place = this.#half;
    for (const chunk of chunks) {
      places.set(chunk, place);
      place += table.rawLength[chunk] as number;
    }
    const requests = packedRequests(table, chunks, moved, this.#half);
    await Promise.all(this.#buffers.map((buffer) => this.#work(requests, buffer)));
    return { first, places };
  }

  async #work(requests: Iterable<PackedRequest>, buffer: Buffer): Promise<void> {
    for (const request of requests) {
      const bytes = buffer.subarray(0, request.length);
      for (const bad of await this.#peer.readPatiently(bytes, request.offset)) this.#note(bad, request);
      await this.#spool.write(closeGaps(request, bytes), request.to);
    }
  }

  /** Of what lies between the runs nothing is missed. What is read again is noted once. */
  #note(bad: BadExtent, { runs }: PackedRequest): void {
    for (let i = 0; i < runs.length; i += 2) {
      const run = runs[i] as number;
      const start = Math.max(bad.start, run);
      const end = Math.min(bad.end, run + (runs[i + 1] as number));
      if (start < end) this.#bad.set(start, { ...bad, start, end });
    }
  }
}
