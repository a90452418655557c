interface Turn {
  readonly start: number;
  readonly end: number;
  readonly writes: boolean;
  readonly done: Promise<void>;
}

/**
 * Lets work on a file run at once where it does not touch, and in the order of its arrival where it does: reads of one
 * range go together, a write goes alone.
 */
export class RangeOrder {
  readonly #grain: number;
  readonly #turns = new Set<Turn>();

  /** @param grain bytes: what lies in one block of so many counts as touching */
  constructor(grain: number) {
    this.#grain = grain;
  }

  read<T>(offset: number, length: number, work: () => Promise<T>): Promise<T> {
    return this.#take(offset, length, false, work);
  }

  write<T>(offset: number, length: number, work: () => Promise<T>): Promise<T> {
    return this.#take(offset, length, true, work);
  }

  /** Settles when the writes that are under way, or wait for their turn, have ended. */
  async written(): Promise<void> {
    await Promise.all([...this.#turns].filter(({ writes }) => writes).map(({ done }) => done));
  }

  async #take<T>(offset: number, length: number, writes: boolean, work: () => Promise<T>): Promise<T> {
    const start = Math.floor(offset / this.#grain) * this.#grain;
    const end = Math.ceil((offset + length) / this.#grain) * this.#grain;
    const isBefore = (turn: Turn) => turn.start < end && start < turn.end && (turn.writes || writes);
    const before = [...this.#turns].filter(isBefore).map(({ done }) => done);
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const turn = { start, end, writes, done };
    this.#turns.add(turn);
    try {
      if (before.length > 0) await Promise.all(before);
      return await work();
    } finally {
      this.#turns.delete(turn);
      resolve();
    }
  }
}
