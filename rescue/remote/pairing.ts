import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { createPairingCode } from "#imaging/clone/remote/pairing-code.ts";
import { canonicalBase32 } from "#imaging/keys/base32.ts";

/** Wrong codes that are answered at once; each further one has to wait. */
const FREE_TRIES = 5;
const SECONDS_A_TRY = 10;
/** After so many a new code is made. A code has 60 bits, so this only makes trying visible. */
const TRIES_A_CODE = 20;
/** More browsers than a person has. */
const MOST_SESSIONS = 50;
const SESSION_SECONDS = 12 * 3600;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Who may use the machine from another one: whoever typed the code that it shows gets a token. Tries are counted for all
 * together, as an attacker may have many addresses. `now` is in seconds.
 */
export class Pairing {
  #code = createPairingCode();
  #wrong = 0;
  /** Tries that may be made at once; fills up with time. */
  #left = FREE_TRIES;
  #filledAt: number;
  /** By the hash of the token, so that a copy of this memory opens nothing: when it was used last. */
  readonly #sessions = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now() / 1000) {
    this.#now = now;
    this.#filledAt = now();
  }

  get code(): string {
    return this.#code;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** @returns the token of a new session. @throws REMOTE_TOO_MANY_TRIES, REMOTE_CODE_WRONG */
  pair(typed: string): string {
    this.#fill();
    if (this.#left < 1) throw new LifeboatError("REMOTE_TOO_MANY_TRIES", { seconds: this.#secondsToNext() });
    if (!timingSafeEqual(digest(canonicalBase32(typed)), digest(canonicalBase32(this.#code)))) {
      this.#left -= 1;
      this.#wrong += 1;
      if (this.#wrong % TRIES_A_CODE === 0) this.#code = createPairingCode();
      throw new LifeboatError("REMOTE_CODE_WRONG", {});
    }
    const token = randomBytes(32).toString("base64url");
    this.#sessions.set(digest(token).toString("hex"), this.#now());
    this.#forgetOld();
    return token;
  }

  /** Whether a token is one of ours that was used not too long ago. */
  isPaired(token: string | undefined): boolean {
    if (token === undefined) return false;
    const key = digest(token).toString("hex");
    const used = this.#sessions.get(key);
    if (used === undefined) return false;
    this.#sessions.delete(key);
    if (this.#now() - used > SESSION_SECONDS) return false;
    this.#sessions.set(key, this.#now());
    return true;
  }

  #fill(): void {
    const since = this.#now() - this.#filledAt;
    this.#left = Math.min(FREE_TRIES, this.#left + since / SECONDS_A_TRY);
    this.#filledAt = this.#now();
  }

  #secondsToNext(): number {
    return Math.max(1, Math.ceil((1 - this.#left) * SECONDS_A_TRY));
  }

  /** The one that was not used for the longest time goes first. */
  #forgetOld(): void {
    for (const key of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_SESSIONS) return;
      this.#sessions.delete(key);
    }
  }
}
