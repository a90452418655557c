import type { AuditEntry } from "./contract/people.ts";
import { appendAudit } from "./store/audit.ts";
import type { ConsoleStore } from "./store/console-store.ts";
import { callWho, type Who } from "./who.ts";

/** Entries of people who are not logged in: as many at once, and one each so many seconds. They must not push out what others did. */
const AT_ONCE = 100;
const SECONDS_EACH = 10;
/** Of those who are not logged in; nothing else of them says anything. */
const TOLD_OF_NOBODY = ["done", "CONSOLE_LOGIN_FAILED", "CONSOLE_SET_UP_REFUSED"];

/** Writes down who did what. */
export class AuditTrail {
  readonly #store: ConsoleStore;
  readonly #now: () => number;
  #left = AT_ONCE;
  #filledAt: number;
  #leftOut = 0;

  /** @param now in seconds, for the bound alone */
  constructor(store: ConsoleStore, now: () => number = () => performance.now() / 1000) {
    this.#store = store;
    this.#now = now;
    this.#filledAt = now();
  }

  /** @throws CONSOLE_STORE_FAILED */
  async note(who: Who | undefined, entry: Pick<AuditEntry, "address" | "what" | "target" | "result">): Promise<void> {
    if (!who && !this.#isTold(entry.result)) return;
    const others = who || this.#leftOut === 0 ? "" : ` (${this.#leftOut} more of nobody were left out before)`;
    if (!who) this.#leftOut = 0;
    const row = { ...entry, at: Date.now(), who: callWho(who), target: `${entry.target}${others}`.trim() };
    await this.#store.change((sql) => appendAudit(sql, row));
  }

  #isTold(result: string): boolean {
    if (!TOLD_OF_NOBODY.includes(result)) return false;
    const since = this.#now() - this.#filledAt;
    this.#left = Math.min(AT_ONCE, this.#left + since / SECONDS_EACH);
    this.#filledAt = this.#now();
    // A login that succeeded is told in any case.
    if (result === "done") return true;
    if (this.#left < 1) {
      this.#leftOut++;
      return false;
    }
    this.#left--;
    return true;
  }
}
