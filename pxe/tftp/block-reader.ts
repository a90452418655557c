import type { TftpFile } from "./tftp-file.ts";

/** Bytes that are read at once: small, as two thousand transfers may go on side by side. */
const READ_AHEAD = 64 << 10;

/** The blocks of one file, read as they are sent. */
export class BlockReader {
  /** Number of the last block, from 1: it is the one with less than a whole block, if only with nothing. */
  readonly last: number;
  readonly #file: TftpFile["handle"];
  readonly #size: number;
  readonly #blockSize: number;
  readonly #step: number;
  #from = 0;
  #held: Buffer = Buffer.alloc(0);

  /** @param size bytes, as the client was told: what the file grows by meanwhile is not sent */
  constructor(file: TftpFile["handle"], size: number, blockSize: number, windowSize: number) {
    this.#file = file;
    this.#size = size;
    this.#blockSize = blockSize;
    this.last = Math.floor(size / blockSize) + 1;
    this.#step = blockSize * Math.max(windowSize, Math.ceil(READ_AHEAD / blockSize));
  }

  /** A block that was read already; undefined when `read` is to be called before. @param block from 1 */
  held(block: number): Buffer | undefined {
    const at = (block - 1) * this.#blockSize - this.#from;
    const bytes = Math.min(this.#blockSize, this.#size - (block - 1) * this.#blockSize);
    return at >= 0 && at + bytes <= this.#held.length ? this.#held.subarray(at, at + bytes) : undefined;
  }

  /**
   * Reads a block and some that follow it, into a buffer of their own: earlier ones may still be in the kernel's hands.
   * @throws Error when the file cannot be read, or has become shorter
   */
  async read(block: number): Promise<void> {
    const from = (block - 1) * this.#blockSize;
    const buffer = Buffer.allocUnsafe(Math.min(this.#step, this.#size - from));
    for (let done = 0; done < buffer.length; ) {
      const { bytesRead } = await this.#file.read(buffer, done, buffer.length - done, from + done);
      if (bytesRead === 0) throw new Error("the file has become shorter while it was sent");
      done += bytesRead;
    }
    this.#from = from;
    this.#held = buffer;
  }
}
