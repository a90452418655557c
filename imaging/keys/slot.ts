import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from "node:crypto";
import { isLifeboatError } from "#base/errors.ts";
import { uuid } from "#base/struct.ts";
import type { Secret } from "#imaging/keys/credential.ts";
import { IMAGE_KEY_SIZE, KDF_SCRYPT, type KeySlot, KIND, keySlot } from "#imaging/keys/key-area-format.ts";

/** What a guess costs: 128 * 2^log2N * r bytes of memory, and p times that in time (RFC 7914). */
export interface KdfCost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/** 64 MiB and about 0.4 s on one core. */
export const DEFAULT_COST: KdfCost = { log2N: 16, r: 8, p: 2 };

/** A hostile file must not exhaust the machine. */
const LOWEST_LOG2N = 10;
const HIGHEST_LOG2N = 20;
const MOST_MEMORY = 256 << 20;
const HIGHEST_P = 16;

export const CIPHER = "aes-256-gcm";

const memoryOf = ({ log2N, r }: KdfCost): number => 128 * 2 ** log2N * r;

export const isWithinBounds = (cost: KdfCost): boolean =>
  cost.log2N >= LOWEST_LOG2N &&
  cost.log2N <= HIGHEST_LOG2N &&
  cost.r >= 1 &&
  memoryOf(cost) <= MOST_MEMORY &&
  cost.p >= 1 &&
  cost.p <= HIGHEST_P;

/** A slot's fields; `unsupported` when a newer program made it, or one that means harm. */
export type SlotState =
  | { readonly state: "free" }
  | { readonly state: "unsupported" }
  | { readonly state: "used"; readonly slot: KeySlot };

export function readSlot(bytes: Uint8Array): SlotState {
  let slot: KeySlot;
  try {
    slot = keySlot.parse(bytes);
  } catch (error) {
    if (isLifeboatError(error)) return { state: "unsupported" };
    throw error;
  }
  if (slot.kind === KIND.free) return { state: "free" };
  const isKnown = slot.kind === KIND.password || slot.kind === KIND.recovery;
  return isKnown && slot.kdf === KDF_SCRYPT && isWithinBounds(slot)
    ? { state: "used", slot }
    : { state: "unsupported" };
}

/** The 16 bytes of an image's id, as the file has them. */
export function imageIdBytes(imageId: string): Uint8Array {
  const bytes = new Uint8Array(uuid.size);
  uuid.write(new DataView(bytes.buffer), 0, imageId);
  return bytes;
}

/** A slot holds for one image, one number and one kind: none of them can be changed behind its back. */
function associatedData(imageId: string, { slotId, kind }: Pick<KeySlot, "slotId" | "kind">): Uint8Array {
  const bytes = Buffer.alloc(uuid.size + 5);
  bytes.set(imageIdBytes(imageId));
  bytes.writeUInt32LE(slotId, uuid.size);
  bytes.writeUInt8(kind, uuid.size + 4);
  return bytes;
}

/** scrypt (RFC 7914): the key that a secret stands for. */
export function deriveKey(secret: Uint8Array, salt: Uint8Array, cost: KdfCost): Promise<Buffer> {
  // OpenSSL counts two more blocks of 128 * r bytes, and one for each p.
  const maxmem = memoryOf(cost) + 128 * cost.r * (cost.p + 2) + 4096;
  const options: ScryptOptions = { N: 2 ** cost.log2N, r: cost.r, p: cost.p, maxmem };
  return new Promise((resolve, reject) =>
    scrypt(secret, salt, IMAGE_KEY_SIZE, options, (error, key) => (error ? reject(error) : resolve(key))),
  );
}

/** The image key, wrapped for one secret: 256 bytes of a slot. */
export async function wrapKey(
  imageKey: Uint8Array,
  secret: Secret,
  { imageId, slotId, cost = DEFAULT_COST }: { imageId: string; slotId: number; cost?: KdfCost | undefined },
): Promise<Uint8Array> {
  const salt = Uint8Array.from(randomBytes(32));
  const nonce = Uint8Array.from(randomBytes(12));
  const wrapping = await deriveKey(secret.bytes, salt, cost);
  const cipher = createCipheriv(CIPHER, wrapping, nonce);
  cipher.setAAD(associatedData(imageId, { slotId, kind: secret.kind }));
  const wrappedKey = Uint8Array.from(Buffer.concat([cipher.update(imageKey), cipher.final()]));
  const tag = Uint8Array.from(cipher.getAuthTag());
  wrapping.fill(0);
  const { log2N, r, p } = cost;
  const created = Date.now();
  return keySlot.serialise({
    ...{ kind: secret.kind, kdf: KDF_SCRYPT, log2N, r, p, slotId, created },
    ...{ salt, nonce, wrappedKey, tag },
  });
}

/** @returns the image key, or undefined when the secret is not the slot's */
export async function unwrapKey(slot: KeySlot, secret: Secret, imageId: string): Promise<Buffer | undefined> {
  const wrapping = await deriveKey(secret.bytes, slot.salt, slot);
  const decipher = createDecipheriv(CIPHER, wrapping, slot.nonce);
  decipher.setAAD(associatedData(imageId, slot));
  decipher.setAuthTag(slot.tag);
  wrapping.fill(0);
  const key = decipher.update(slot.wrappedKey);
  try {
    decipher.final();
  } catch {
    // GCM's one failure: the tag does not match. What was decrypted so far is worth nothing.
    key.fill(0);
    return undefined;
  }
  return key;
}
