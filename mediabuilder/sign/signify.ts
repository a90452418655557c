import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { publicBytes } from "./signing-key.ts";

/**
 * Signatures in the form of OpenBSD's signify (https://man.openbsd.org/signify; Debian: signify-openbsd), which anybody can check without
 * Lifeboat: a comment, then in base64 the letters "Ed", eight bytes that name the key, and the signature or the key itself.
 */

const ALGORITHM = Buffer.from("Ed");
const KEY_NUMBER_SIZE = 8;
/** The DER of an Ed25519 public key without the key (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** signify's own are random; ours follow from the key, so that the same build gives the same bytes. */
const keyNumber = (key: Uint8Array): Buffer => createHash("sha256").update(key).digest().subarray(0, KEY_NUMBER_SIZE);

const block = (comment: string, ...parts: readonly Uint8Array[]): string =>
  `untrusted comment: ${comment}\n${Buffer.concat([ALGORITHM, ...parts]).toString("base64")}\n`;

export function publicKeyText(key: KeyObject): string {
  const bytes = publicBytes(key);
  return block("lifeboat media public key", keyNumber(bytes), bytes);
}

export const signatureText = (message: Uint8Array, key: KeyObject): string =>
  block("verify with lifeboat.pub", keyNumber(publicBytes(key)), sign(null, message, key));

/** Whether `signature` is one of `message` by the key in `publicKey`; both texts as signify writes them. */
export function isSignedBy(message: Uint8Array, signature: string, publicKey: string): boolean {
  const [given, key] = [decode(signature, 64), decode(publicKey, 32)];
  if (!given || !key || !given.number.equals(key.number)) return false;
  const spki = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, key.content]), format: "der", type: "spki" });
  return verify(null, message, spki, given.content);
}

function decode(text: string, size: number): { number: Buffer; content: Buffer } | undefined {
  const bytes = Buffer.from(text.split("\n")[1] ?? "", "base64");
  if (!text.startsWith("untrusted comment: ") || bytes.length !== ALGORITHM.length + KEY_NUMBER_SIZE + size)
    return undefined;
  if (!bytes.subarray(0, ALGORITHM.length).equals(ALGORITHM)) return undefined;
  return { number: bytes.subarray(2, 10), content: bytes.subarray(10) };
}
