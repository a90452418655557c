/** Wrong passwords of one address that are let pass as mistakes. */
const FREE = 3;
/** Milliseconds: the pause doubles from the first to the last. */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 300_000;
/** Without a wrong one for so long, an address begins anew: milliseconds. */
const FORGOTTEN = 900_000;
/** Addresses are as many as somebody invents: of all together so many wrong ones count in a minute. */
const MOST_IN_ALL = 30;
const MINUTE = 60_000;
const MOST_ADDRESSES = 4096;

interface Misses {
  readonly count: number;
  readonly at: number;
}

/** Makes trying passwords slow: for one address after some mistakes, and for all together. */
export class LoginThrottle {
  readonly #misses = new Map<string, Misses>();
  #recent: number[] = [];

  /** @param now milliseconds @returns milliseconds until this address may try again; 0: at once */
  wait(address: string, now: number): number {
    this.#recent = this.#recent.filter((at) => now - at < MINUTE);
    const inAll = this.#recent.length < MOST_IN_ALL ? 0 : (this.#recent[0] as number) + MINUTE - now;
    return Math.max(inAll, this.#own(address, now));
  }

  missed(address: string, now: number): void {
    const before = this.#misses.get(address);
    const count = before && now - before.at < FORGOTTEN ? before.count + 1 : 1;
    this.#misses.delete(address);
    this.#misses.set(address, { count, at: now });
    if (this.#misses.size > MOST_ADDRESSES) this.#misses.delete(this.#misses.keys().next().value as string);
    this.#recent.push(now);
  }

  succeeded(address: string): void {
    this.#misses.delete(address);
  }

  #own(address: string, now: number): number {
    const misses = this.#misses.get(address);
    if (!misses || misses.count < FREE || now - misses.at >= FORGOTTEN) return 0;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (misses.count - FREE));
    return Math.max(0, misses.at + pause - now);
  }
}
