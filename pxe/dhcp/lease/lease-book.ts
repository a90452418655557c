import type { LeaseStore } from "./lease.ts";
import { LeaseTable } from "./lease-table.ts";

export interface LeaseBookOptions {
  readonly store: LeaseStore;
  /** They cannot be saved for now. */
  readonly onFailure: (error: Error) => void;
}

/**
 * The leases of all networks, and their way to the disk: a lease is there before its client hears of it, and those that came together are
 * saved together, whichever network card they came by.
 */
export class LeaseBook implements Disposable {
  readonly table: LeaseTable;
  /** Addresses that are being looked at for a client. */
  readonly looked = new Set<number>();
  readonly #options: LeaseBookOptions;
  /** What is done as soon as the leases are saved. */
  #waiting: (() => void)[] = [];
  #isSaving = false;
  #isClosed = false;

  constructor(options: LeaseBookOptions) {
    this.#options = options;
    this.table = new LeaseTable(options.store.all());
  }

  afterSaving(then: () => void): void {
    this.#waiting.push(then);
    this.saveSoon();
  }

  saveSoon(): void {
    if (this.#isSaving || this.#isClosed) return;
    this.#isSaving = true;
    setImmediate(() => this.#save());
  }

  /** Saves what waits for that, and closes the store. */
  [Symbol.dispose](): void {
    this.#save();
    this.#isClosed = true;
    this.#options.store.close();
  }

  #save(): void {
    if (this.#isClosed) return;
    this.#isSaving = false;
    const changes = this.table.takeChanges();
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      if (changes.length > 0) this.#options.store.save(changes);
    } catch (error) {
      // The clients ask again, and then it may be possible.
      this.table.putBack(changes);
      this.#options.onFailure(error as Error);
      return;
    }
    for (const then of waiting) then();
  }
}
