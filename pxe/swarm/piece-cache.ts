/** Pieces in memory, those that were used last: what a computer passes on to others. */
export class PieceCache {
  readonly #pieces = new Map<string, Buffer>();
  readonly #most: number;
  readonly #onGone: (key: string) => void;
  #bytes = 0;

  /** @param most bytes */
  constructor(most: number, onGone: (key: string) => void) {
    this.#most = most;
    this.#onGone = onGone;
  }

  has(key: string): boolean {
    return this.#pieces.has(key);
  }

  get(key: string): Buffer | undefined {
    const found = this.#pieces.get(key);
    if (!found) return undefined;
    this.#pieces.delete(key);
    this.#pieces.set(key, found);
    return found;
  }

  put(key: string, bytes: Buffer): void {
    if (this.#pieces.has(key)) return;
    this.#pieces.set(key, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#pieces) {
      if (this.#bytes <= this.#most || oldest === key) return;
      this.#pieces.delete(oldest);
      this.#bytes -= length;
      this.#onGone(oldest);
    }
  }
}
