import { hash } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";

/** What was answered to a request. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

interface Remembered {
  readonly request: string;
  readonly reply: Promise<Reply>;
}

const MOST_KEYS = 500;

/** Fields of the contract whose value stays nowhere: a hash of a password is quickly tried for by who gets hold of it. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(["password", "newPassword", "passphrase", "secret", "code"]);

const withoutSecrets = (field: string, value: unknown): unknown => (SECRET_FIELDS.has(field) ? undefined : value);

/**
 * Answers a repeated request with the reply of the first, so that a client that lost the answer may ask again and
 * starts nothing twice (draft-ietf-httpapi-idempotency-key-header). Refusals are repeated too: a new attempt takes a
 * new key.
 */
export class Idempotency {
  readonly #remembered = new Map<string, Remembered>();

  /** @throws REQUEST_INVALID when the key was used for another request */
  async once(key: string, request: { method: string; url: string; body: unknown }, answer: () => Promise<Reply>) {
    const fingerprint = hash("sha256", JSON.stringify([request.method, request.url, request.body], withoutSecrets));
    const known = this.#remembered.get(key);
    if (known && known.request !== fingerprint)
      throw new LifeboatError("REQUEST_INVALID", {
        path: "Idempotency-Key",
        problem: "it was used for another request",
      });
    if (known) return known.reply;
    const reply = answer();
    this.#remembered.set(key, { request: fingerprint, reply });
    this.#forgetOld();
    return reply;
  }

  #forgetOld(): void {
    for (const key of this.#remembered.keys()) {
      if (this.#remembered.size <= MOST_KEYS) return;
      this.#remembered.delete(key);
    }
  }
}
