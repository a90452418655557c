/** A set of cells: one bit for each place where a cell can begin, every 8 bytes. */
export class CellSet {
  #words: Uint32Array;

  /** @param bytes of the hive bins */
  constructor(bytes: number) {
    this.#words = new Uint32Array(Math.ceil(bytes / 256));
  }

  has(cell: number): boolean {
    return (((this.#words[cell >>> 8] ?? 0) >>> ((cell >>> 3) & 31)) & 1) === 1;
  }

  add(cell: number): void {
    if (cell >>> 8 >= this.#words.length) this.#grow(cell);
    this.#words[cell >>> 8] = (this.#words[cell >>> 8] as number) | (1 << ((cell >>> 3) & 31));
  }

  delete(cell: number): void {
    this.#words[cell >>> 8] = (this.#words[cell >>> 8] as number) & ~(1 << ((cell >>> 3) & 31));
  }

  #grow(cell: number): void {
    const words = new Uint32Array(Math.max(this.#words.length * 2, (cell >>> 8) + 1));
    words.set(this.#words);
    this.#words = words;
  }
}
