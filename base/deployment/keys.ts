import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { z } from "zod";

/** Of a new key pair: X25519 for who is to read a sealed text, Ed25519 for who signs. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  /** 32 bytes, base64url. */
  readonly publicText: string;
}

export function newKeyPair(type: "x25519" | "ed25519"): KeyPair {
  // The types know each name by itself only.
  const { privateKey } = type === "x25519" ? generateKeyPairSync("x25519") : generateKeyPairSync("ed25519");
  return { privateKey, publicText: publicText(privateKey) };
}

/** @param key private or public @returns 32 bytes, base64url (RFC 8037, section 2) */
export function publicText(key: KeyObject): string {
  const { x } = (key.type === "public" ? key : createPublicKey(key)).export({ format: "jwk" });
  return x as string;
}

/** @throws Error for what is no key */
const publicKey = (type: "X25519" | "Ed25519", x: string): KeyObject =>
  createPublicKey({ key: { kty: "OKP", crv: type, x }, format: "jwk" });

export const privateKeyOf = (pem: string): KeyObject => createPrivateKey(pem);

export const signText = (privateKey: KeyObject, text: string): string =>
  sign(null, Buffer.from(text), privateKey).toString("base64url");

/** False for all that is wrong, keys that are none among it. */
export function isSigned(text: string, signature: string, signer: string): boolean {
  try {
    return verify(null, Buffer.from(text), publicKey("Ed25519", signer), Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

const Sealed = z.strictObject({ key: z.string(), nonce: z.string(), text: z.string(), tag: z.string() });

/**
 * Seals a text for the owner of an X25519 key: AES-256-GCM under a key by HKDF-SHA-256 from a new key's agreement with it.
 * @param binding what it belongs to: it opens for that alone @throws Error: the key is none
 */
export function seal(text: string, receiver: string, binding: string): string {
  const own = newKeyPair("x25519");
  const key = agreed(own.privateKey, receiver, [own.publicText, receiver, binding]);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  const parts = { nonce, text: sealed, tag: cipher.getAuthTag() };
  const texts = Object.entries(parts).map(([name, bytes]) => [name, bytes.toString("base64url")]);
  return JSON.stringify({ key: own.publicText, ...Object.fromEntries(texts) });
}

/** @throws Error: it was sealed for somebody else, belongs to something else, or was changed */
export function unseal(sealed: string, { privateKey, publicText: own }: KeyPair, binding: string): string {
  const { key: sender, nonce, text, tag } = Sealed.parse(JSON.parse(sealed));
  const key = agreed(privateKey, sender, [sender, own, binding]);
  const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), { authTagLength: 16 });
  cipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([cipher.update(Buffer.from(text, "base64url")), cipher.final()]).toString("utf8");
}

function agreed(privateKey: KeyObject, other: string, context: readonly string[]): Buffer {
  const secret = diffieHellman({ privateKey, publicKey: publicKey("X25519", other) });
  return Buffer.from(hkdfSync("sha256", secret, "", JSON.stringify(["lifeboat order", ...context]), 32));
}
