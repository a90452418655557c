import { createDecipheriv } from "node:crypto";
import type { BitLockerLayout, WrappedKey } from "#imaging/volume/bitlocker/metadata.ts";
import { wrappedKey } from "#imaging/volume/bitlocker/metadata.ts";
import { CLEAR_KEY_HEADER, encryptedKey, KEY_HEADER, PROTECTION, VALUE } from "#imaging/volume/bitlocker/structs.ts";

/**
 * The volume key of a volume whose protection is suspended: Windows then keeps a key beside it in the clear, as it does
 * until a new computer's encryption is activated. cryptsetup does not use it.
 * @returns undefined when there is none, or it does not fit. The caller overwrites the key after use.
 */
export function findByClearKey({
  protectors,
  volumeKey,
  keySize,
  encryption,
}: BitLockerLayout): Uint8Array | undefined {
  for (const { protection, entries } of protectors) {
    if (protection !== PROTECTION.clearKey) continue;
    const clear = entries.find(({ valueType }) => valueType === VALUE.key)?.data.subarray(CLEAR_KEY_HEADER);
    const sealed = entries.find(
      ({ valueType, data }) => valueType === VALUE.encryptedKey && data.length > encryptedKey.size,
    );
    const master = clear && sealed && unwrap(wrappedKey(sealed), clear);
    const key = master && unwrap(volumeKey, master);
    master?.fill(0);
    if (key) return usedPart(key, keySize, encryption);
  }
  return undefined;
}

/** AES-256-CCM. @returns undefined when the tag says that the key is another one */
function unwrap({ nonce, tag, sealed }: WrappedKey, key: Uint8Array): Uint8Array | undefined {
  if (key.length !== 32 || sealed.length <= KEY_HEADER) return undefined;
  const decipher = createDecipheriv("aes-256-ccm", key, nonce, { authTagLength: tag.length });
  decipher.setAuthTag(tag);
  try {
    // CCM checks the tag in update(), before it gives out anything.
    const plain = decipher.update(sealed);
    decipher.final();
    return plain.subarray(KEY_HEADER);
  } catch {
    return undefined;
  }
}

/** With the diffuser and AES-128 the two keys are 16 bytes each, in the first halves of 32-byte fields. */
function usedPart(key: Uint8Array, keySize: number, encryption: string): Uint8Array {
  if (encryption !== "aes-cbc-elephant" || keySize !== 32) return key.subarray(0, keySize);
  const both = new Uint8Array(32);
  both.set(key.subarray(0, 16));
  both.set(key.subarray(32, 48), 16);
  key.fill(0);
  return both;
}
