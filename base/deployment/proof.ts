import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { OrderReport } from "#base/deployment/order.ts";

type Proved = Pick<OrderReport, "deployment" | "member" | "key" | "sequence">;

/**
 * Proves without telling the token that a report, or the answer to it, is of who has it: HMAC-SHA-256 (RFC 2104) of which order it
 * belongs to, its number, its direction and its text. Base64url.
 */
export function proofOf(token: string, from: "machine" | "server", of: Proved, body: string): string {
  const { deployment, member, key, sequence } = of;
  return createHmac("sha256", token)
    .update(JSON.stringify([from, deployment, member, key, sequence, body]))
    .digest("base64url");
}

/** How long that takes says nothing. */
export function isProof(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/**
 * What a machine shows and its server shows, for a person to compare: 60 bits of a hash of the machine's key, too many to find another
 * key with the same code while it waits.
 */
export function pairingCode(key: string): string {
  const hash = createHash("sha256").update(`lifeboat pairing ${key}`).digest("hex");
  return [0, 5, 10].map((at) => hash.slice(at, at + 5)).join("-");
}
