import { LifeboatError } from "#base/errors.ts";

/** How many tries may be made at once, and how long each of them takes to come back: seconds. */
interface Allowance {
  readonly tries: number;
  readonly secondsEach: number;
}

/** Of one name from one address; of one name from anywhere; of one address for any names. */
const OF_BOTH: Allowance = { tries: 5, secondsEach: 30 };
const OF_NAME: Allowance = { tries: 30, secondsEach: 10 };
const OF_ADDRESS: Allowance = { tries: 30, secondsEach: 10 };
/** Those that are remembered; who fills this up with names and addresses makes the oldest fresh again, at 30 tries an address. */
const MOST_BUCKETS = 20_000;

interface Bucket {
  left: number;
  at: number;
}

/**
 * Wrong passwords are counted. Somebody who tries from one address shuts out nobody else; a crowd of addresses slows everybody down to one
 * try in ten seconds for that name, who has a login goes on.
 */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  /** @param now in seconds */
  constructor(now: () => number = () => performance.now() / 1000) {
    this.#now = now;
  }

  /** A try begins: it is counted as wrong until `wasRight`. @throws CONSOLE_TOO_MANY_TRIES, also for the right password */
  begin(name: string, address: string): void {
    const all = this.#all(name, address);
    const wait = Math.max(...all.map(([key, allowance]) => this.#wait(key, allowance)));
    if (wait > 0) throw new LifeboatError("CONSOLE_TOO_MANY_TRIES", { seconds: Math.ceil(wait) });
    for (const [key, allowance] of all) this.#take(key, allowance);
  }

  /** The try that was begun was right: it does not count, and what came before from that address is forgiven. */
  wasRight(name: string, address: string): void {
    const [both, ...others] = this.#all(name, address);
    if (both) this.#buckets.delete(both[0]);
    for (const [key, { tries }] of others) {
      const bucket = this.#buckets.get(key);
      if (bucket) bucket.left = Math.min(tries, bucket.left + 1);
    }
  }

  #all(name: string, address: string): (readonly [string, Allowance])[] {
    const of = name.toLowerCase();
    return [
      [JSON.stringify([of, address]), OF_BOTH],
      [JSON.stringify([of]), OF_NAME],
      [JSON.stringify([null, address]), OF_ADDRESS],
    ];
  }

  /** Seconds until the next try. */
  #wait(key: string, allowance: Allowance): number {
    const left = this.#left(key, allowance);
    return left >= 1 ? 0 : (1 - left) * allowance.secondsEach;
  }

  #left(key: string, { tries, secondsEach }: Allowance): number {
    const bucket = this.#buckets.get(key);
    return bucket ? Math.min(tries, bucket.left + (this.#now() - bucket.at) / secondsEach) : tries;
  }

  #take(key: string, allowance: Allowance): void {
    const left = this.#left(key, allowance) - 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { left, at: this.#now() });
    if (this.#buckets.size > MOST_BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value ?? "");
  }
}
