import { closeSync, fstatSync, openSync, readSync } from "node:fs";

export const PAGE = 4096;
const ZEROS = new Uint8Array(PAGE);
type Pages = Map<number, Uint8Array<ArrayBuffer>>;

/**
 * A disk in memory of which only the pages that hold data cost anything, and of which a changed copy costs only the
 * changed pages: a case then takes microseconds and not the copy of a volume.
 */
export class SparseImage {
  size: number;
  readonly #base: Pages;
  readonly #own: Pages = new Map();

  private constructor(size: number, base: Pages) {
    this.size = size;
    this.#base = base;
  }

  static of(bytes: Uint8Array): SparseImage {
    const image = new SparseImage(bytes.length, new Map());
    for (let at = 0; at < bytes.length; at += PAGE) image.#keep(at / PAGE, bytes.subarray(at, at + PAGE));
    return image;
  }

  static load(path: string): SparseImage {
    const fd = openSync(path, "r");
    try {
      const image = new SparseImage(fstatSync(fd).size, new Map());
      const piece = new Uint8Array(1 << 20);
      for (let at = 0; at < image.size; at += piece.length) {
        const got = readSync(fd, piece, 0, piece.length, at);
        for (let from = 0; from < got; from += PAGE)
          image.#keep((at + from) / PAGE, piece.subarray(from, Math.min(from + PAGE, got)));
      }
      return image;
    } finally {
      closeSync(fd);
    }
  }

  #keep(page: number, content: Uint8Array): void {
    const copy = new Uint8Array(PAGE);
    copy.set(content);
    if (Buffer.compare(copy, ZEROS) === 0) return;
    this.#base.set(page, copy);
  }

  /** A copy that shares all pages until it is written to. Of an image that was itself written to there is none. */
  fork(): SparseImage {
    if (this.#own.size > 0) throw new Error("a changed image is not forked");
    return new SparseImage(this.size, this.#base);
  }

  /** Whether a page of the range was written to since the fork. */
  isChanged(offset: number, length: number): boolean {
    for (let page = Math.floor(offset / PAGE); page * PAGE < offset + length; page++)
      if (this.#own.has(page)) return true;
    return false;
  }

  /** Fills `into` from `offset` on; what lies behind the end reads as zeros. */
  read(into: Uint8Array, offset: number): void {
    for (let done = 0; done < into.length; ) {
      const at = offset + done;
      const page = Math.floor(at / PAGE);
      const within = at - page * PAGE;
      const length = Math.min(PAGE - within, into.length - done);
      const content = this.#own.get(page) ?? this.#base.get(page);
      if (content === undefined) into.fill(0, done, done + length);
      else if (within === 0 && length === PAGE) into.set(content, done);
      else into.set(content.subarray(within, within + length), done);
      done += length;
    }
  }

  bytes(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    this.read(bytes, offset);
    return bytes;
  }

  /** Writes what lies within the image, and drops the rest. */
  write(from: Uint8Array, offset: number): void {
    const total = Math.min(from.length, this.size - offset);
    for (let done = 0; done < total; ) {
      const at = offset + done;
      const page = Math.floor(at / PAGE);
      const within = at - page * PAGE;
      const length = Math.min(PAGE - within, total - done);
      this.#writable(page).set(from.subarray(done, done + length), within);
      done += length;
    }
  }

  #writable(page: number): Uint8Array<ArrayBuffer> {
    const own = this.#own.get(page);
    if (own !== undefined) return own;
    const copy = this.#base.get(page)?.slice() ?? new Uint8Array(PAGE);
    this.#own.set(page, copy);
    return copy;
  }
}
