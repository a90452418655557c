import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds of unused time that may be made up for at once. */
const CREDIT = 200;

/** Lets through so many bytes in a second, of all that share it together, in the order in which they come. */
export class Pace {
  readonly #bytesPerSecond: number;
  /** When the last of what was let through is over: milliseconds of `performance.now`. */
  #free = 0;

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** @returns milliseconds to wait before these bytes */
  next(bytes: number, now: number): number {
    const begins = Math.max(now - CREDIT, this.#free);
    this.#free = begins + (bytes / this.#bytesPerSecond) * 1000;
    return Math.max(0, begins - now);
  }

  /** Waits for the turn of so many bytes. */
  async take(bytes: number): Promise<void> {
    await sleep(this.next(bytes, performance.now()));
  }
}
