import { DATA_HEAD, writeDataHead } from "./packet.ts";
import type { TftpFile } from "./tftp-file.ts";

/** Bytes that are read at once: fewer, and none ahead of time, when many transfers go on side by side. */
const [READ, READ_IN_A_CROWD] = [128 << 10, 64 << 10];

/** Blocks that follow each other, each behind room for its head. */
interface Chunk {
  /** Number of its first block, and of the one behind its last. */
  readonly from: number;
  readonly end: number;
  readonly packets: readonly Buffer[];
}

/** The blocks of one file, as packets, read before they are sent. */
export class BlockReader {
  /** Number of the last block, from 1: it is the one with less than a whole block, if only with nothing. */
  readonly last: number;
  readonly #file: TftpFile["handle"];
  readonly #size: number;
  readonly #blockSize: number;
  /** Blocks of a chunk. */
  readonly #step: number;
  readonly #isAhead: boolean;
  #now: Chunk | undefined;
  #next: Promise<Chunk> | undefined;
  #nextFrom = 0;

  /**
   * @param size bytes, as the client was told: what the file grows by meanwhile is not sent
   * @param isCrowd many transfers go on, and memory is for all of them
   */
  constructor(file: TftpFile["handle"], size: number, blockSize: number, windowSize: number, isCrowd: boolean) {
    this.#file = file;
    this.#size = size;
    this.#blockSize = blockSize;
    this.last = Math.floor(size / blockSize) + 1;
    this.#isAhead = !isCrowd;
    this.#step = Math.max(windowSize, Math.ceil((isCrowd ? READ_IN_A_CROWD : READ) / blockSize));
  }

  /** A block that was read already, with its head; undefined when `read` is to be called before. @param block from 1 */
  held(block: number): Buffer | undefined {
    const now = this.#now;
    if (!now || block < now.from || block >= now.end) return undefined;
    const packet = now.packets[block - now.from] as Buffer;
    writeDataHead(packet, block);
    return packet;
  }

  /**
   * Reads a block and some that follow it, and begins with the next ones. Packets of before may still be in the kernel's hands: they are
   * not used again.
   * @throws Error when the file cannot be read, or has become shorter
   */
  async read(block: number): Promise<void> {
    const chunk = this.#next && this.#nextFrom === block ? this.#next : this.#load(block);
    this.#next = undefined;
    const now = await chunk;
    this.#now = now;
    if (!this.#isAhead || now.end > this.last) return;
    this.#nextFrom = now.end;
    this.#next = this.#load(now.end);
    this.#next.catch(() => {}); // whoever comes to it is told
  }

  async #load(from: number): Promise<Chunk> {
    const end = Math.min(from + this.#step, this.last + 1);
    const start = (from - 1) * this.#blockSize;
    const bytes = Math.min((end - 1) * this.#blockSize, this.#size) - start;
    const stride = DATA_HEAD + this.#blockSize;
    const whole = Buffer.allocUnsafe((end - from) * DATA_HEAD + bytes);
    const packets = Array.from({ length: end - from }, (_, i) => whole.subarray(i * stride, (i + 1) * stride));
    await this.#fill(
      packets.map((packet) => packet.subarray(DATA_HEAD)).filter(({ length }) => length > 0),
      start,
    );
    return { from, end, packets };
  }

  async #fill(places: Buffer[], start: number): Promise<void> {
    let [rest, position] = [places, start];
    while (rest.length > 0) {
      const { bytesRead } = await this.#file.readv(rest, position);
      if (bytesRead === 0) throw new Error("the file has become shorter while it was sent");
      position += bytesRead;
      rest = without(rest, bytesRead);
    }
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
