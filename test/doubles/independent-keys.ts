import { createDecipheriv, createHash, hkdfSync, scryptSync } from "node:crypto";
import { crcWithout, u64 } from "#test/doubles/independent-bytes.ts";

/** Opens an encrypted image by docs/format/keys.md alone, without any code of the engine. */
const COPY_SIZE = 4096;
const SLOTS = 15;
const PASSWORD = 1;
const RECOVERY_KEY = 2;
const MEMORY = 268_435_456;

/** What opens sealed records. */
export interface Key {
  readonly key: Buffer;
  /** The 16 bytes. */
  readonly imageId: Buffer;
}

/**
 * The record key of an encrypted image, from the first 12288 bytes of its first volume.
 * @param secret a password, or a recovery key
 */
export function recordKeyBySpecification(file: Buffer, secret: string): Key {
  const imageId = file.subarray(24, 40);
  const copies = [4096, 8192].map((at) => file.subarray(at, at + COPY_SIZE));
  const valid = copies.filter(
    (copy) =>
      copy.toString("latin1", 0, 8) === "LBKEYS\0\0" &&
      crcWithout(copy, 4092) === copy.readUInt32LE(4092) &&
      copy.subarray(16, 32).equals(imageId) &&
      copy.readUInt32LE(32) === SLOTS,
  );
  const area = valid.toSorted((a, b) => u64(b, 8) - u64(a, 8))[0];
  if (!area) throw new Error("no valid copy of the key area");
  const recoveryKey = decodeRecoveryKey(secret);
  for (let slot = 0; slot < SLOTS; slot++) {
    const bytes = area.subarray(64 + slot * 256, 320 + slot * 256);
    const password = Buffer.from(secret.normalize("NFC"), "utf8");
    const input = bytes[0] === PASSWORD ? password : bytes[0] === RECOVERY_KEY ? recoveryKey : undefined;
    const imageKey = input && openSlot(bytes, input, imageId);
    if (imageKey) return { key: Buffer.from(hkdfSync("sha256", imageKey, imageId, "lifeboat records 2", 32)), imageId };
  }
  throw new Error("no slot is opened by this password");
}

function openSlot(slot: Buffer, secret: Buffer, imageId: Buffer): Buffer | undefined {
  const [kind, kdf, log2N] = [...slot.subarray(0, 3)] as [number, number, number];
  const [N, r, p] = [2 ** log2N, slot.readUInt16LE(4), slot.readUInt16LE(6)];
  const inBounds = log2N >= 10 && log2N <= 20 && r >= 1 && 128 * N * r <= MEMORY && p >= 1 && p <= 16;
  if (kdf !== 1 || !inBounds) return undefined;
  const wrapping = scryptSync(secret, slot.subarray(24, 56), 32, { N, r, p, maxmem: 2 * MEMORY });
  const additional = Buffer.concat([imageId, slot.subarray(8, 12), Buffer.of(kind)]);
  return decrypt(wrapping, slot.subarray(56, 68), slot.subarray(104, 120), additional, slot.subarray(72, 104));
}

/** AES-256-GCM. @returns undefined when the tag does not match */
export function decrypt(
  key: Buffer,
  nonce: Buffer,
  tag: Buffer,
  additional: Buffer,
  bytes: Buffer,
): Buffer | undefined {
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  decipher.setAAD(additional).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The 20 bytes of a recovery key as somebody typed it; undefined where it is none, or mistyped. */
export function decodeRecoveryKey(text: string): Buffer | undefined {
  const typed = text.toUpperCase().replaceAll(/[\p{Pd}\s]/gu, "");
  const digits = [...typed.replaceAll("O", "0").replaceAll(/[IL]/g, "1")];
  const values = digits.map((digit) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(digit));
  if (values.length !== 36 || values.includes(-1)) return undefined;
  const bits = values.map((value) => value.toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from(
    BigInt(`0b${bits.slice(0, 160)}`)
      .toString(16)
      .padStart(40, "0"),
    "hex",
  );
  const hash = createHash("sha256").update(bytes).digest().readUIntBE(0, 3);
  return hash >>> 4 === Number.parseInt(bits.slice(160), 2) ? bytes : undefined;
}
