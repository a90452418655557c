/** Holds every n-th of a stream of pieces whose number is not known, `most` of them at most, `most / 2` at least. */
export class Sampler<T> {
  readonly #most: number;
  #every = 1;
  #seen = 0;
  #kept: T[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(piece: T): void {
    if (this.#seen++ % this.#every !== 0) return;
    this.#kept.push(piece);
    if (this.#kept.length <= this.#most) return;
    this.#kept = this.#kept.filter((_, at) => at % 2 === 0);
    this.#every *= 2;
  }

  /** Dealt out in turn. @returns as many lists as asked for */
  deal(hands: number): T[][] {
    return Array.from({ length: hands }, (_, hand) => this.#kept.filter((_, at) => at % hands === hand));
  }
}
