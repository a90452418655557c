import { AtOnce } from "#imaging/bucket/at-once.ts";

/** Something that holds bytes which are not stored yet. */
export interface BudgetUser {
  /** Bytes in memory. */
  readonly held: number;
  flush(): Promise<void>;
}

/** Parts are sent so many at a time, and files together hold no more memory than this. */
export class WriteBudget {
  /** Requests that carry data. */
  readonly sends: AtOnce;
  readonly #most: number;
  readonly #users = new Set<BudgetUser>();
  readonly #sending = new Set<Promise<unknown>>();

  constructor(mostBytes: number, sends: number) {
    this.#most = mostBytes;
    this.sends = new AtOnce(sends);
  }

  get held(): number {
    let sum = 0;
    for (const { held } of this.#users) sum += held;
    return sum;
  }

  join(user: BudgetUser): void {
    this.#users.add(user);
  }

  leave(user: BudgetUser): void {
    this.#users.delete(user);
  }

  /** Notes a send that frees memory when it is done. */
  track(send: Promise<unknown>): void {
    this.#sending.add(send);
    void send.finally(() => this.#sending.delete(send)).catch(() => {});
  }

  /** Waits until more may be held: for sends that are under way, or else by storing the file that holds most. */
  async room(): Promise<void> {
    while (this.held > this.#most) {
      if (this.#sending.size > 0) await Promise.race([...this.#sending].map((send) => send.catch(() => {})));
      else await this.#largest()?.flush();
    }
  }

  #largest(): BudgetUser | undefined {
    let largest: BudgetUser | undefined;
    for (const user of this.#users) if (!largest || user.held > largest.held) largest = user;
    return largest;
  }
}
