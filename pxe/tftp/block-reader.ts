import { readvSync } from "node:fs";
import { DATA_HEAD, writeDataHead } from "./packet.ts";

/** Bytes that are read at once, or a window where that is more: each transfer has them in memory. */
const READ = 64 << 10;

/** What is sent: the descriptor of an open file, or bytes. */
export type Source = number | Uint8Array;

/** The blocks of one file, as packets. */
export class BlockReader {
  /** Number of the last block, from 1: it is the one with less than a whole block, if only with nothing. */
  readonly last: number;
  readonly #source: Source;
  readonly #size: number;
  readonly #blockSize: number;
  /** Bytes of a packet. */
  readonly #stride: number;
  /** Blocks that follow each other, each behind its head, and where their data are. */
  readonly #packets: Buffer;
  readonly #places: readonly Buffer[];
  /** Number of the first block that was read, and of the one behind the last. */
  #from = 0;
  #end = 0;

  /** @param size bytes, as the client was told: what the file grows by meanwhile is not sent */
  constructor(source: Source, size: number, blockSize: number, windowSize: number) {
    this.#source = source;
    this.#size = size;
    this.#blockSize = blockSize;
    this.last = Math.floor(size / blockSize) + 1;
    const stride = DATA_HEAD + blockSize;
    this.#stride = stride;
    // Whole windows, so that each is sent by one call.
    const blocks = Math.min(windowSize * Math.max(1, Math.floor(READ / (windowSize * blockSize))), this.last);
    this.#packets = Buffer.allocUnsafeSlow(blocks * stride);
    this.#places = Array.from({ length: blocks }, (_, i) =>
      this.#packets.subarray(i * stride + DATA_HEAD, (i + 1) * stride),
    );
  }

  /**
   * Packets that follow each other, to be used before the next call: all of one length, but for that of the last block.
   * @param from number of the first block, from 1 @param most as many, or fewer
   * @throws Error when the file cannot be read, or has become shorter
   */
  packets(from: number, most: number): Buffer {
    if (from < this.#from || from >= this.#end) this.#read(from);
    const end = Math.min(from + most, this.#end);
    const start = (from - this.#from) * this.#stride;
    const isLast = end > this.last;
    const bytes = (end - from) * this.#stride - (isLast ? this.#blockSize - (this.#size % this.#blockSize) : 0);
    return this.#packets.subarray(start, start + bytes);
  }

  #read(from: number): void {
    const end = Math.min(from + this.#places.length, this.last + 1);
    let position = (from - 1) * this.#blockSize;
    let left = Math.min((end - 1) * this.#blockSize, this.#size) - position;
    this.#end = 0; // what fails half-way is not sent
    for (let places: readonly Buffer[] = this.#places.slice(0, end - from); left > 0; ) {
      const bytes = this.#readInto(places, position);
      if (bytes === 0) throw new Error("the file has become shorter while it was sent");
      position += bytes;
      left -= bytes;
      places = without(places, bytes);
    }
    for (let block = from; block < end; block++) writeDataHead(this.#packets, (block - from) * this.#stride, block);
    this.#from = from;
    this.#end = end;
  }

  #readInto(places: readonly Buffer[], position: number): number {
    if (typeof this.#source === "number") return readvSync(this.#source, places, position);
    let bytes = 0;
    for (const place of places) {
      place.set(this.#source.subarray(position + bytes, position + bytes + place.length));
      bytes += place.length;
    }
    return bytes;
  }
}

/** What is still to be filled behind so many bytes. */
function without(places: readonly Buffer[], bytes: number): Buffer[] {
  let left = bytes;
  let whole = 0;
  while (whole < places.length && left >= (places[whole] as Buffer).length) left -= (places[whole++] as Buffer).length;
  const [first, ...others] = places.slice(whole);
  return first ? [first.subarray(left), ...others] : [];
}
