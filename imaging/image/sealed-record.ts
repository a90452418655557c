import { createCipheriv, createDecipheriv, hkdfSync, randomFillSync } from "node:crypto";
import { CODEC, padded, RECORD, RECORD_HEADER_SIZE } from "#imaging/image/format.ts";
import { checkRecord, finishRecord, type RecordFields } from "#imaging/image/record.ts";
import { imageIdBytes } from "#imaging/keys/slot.ts";

/** What encrypts the records of one image. Structured-clonable: every thread gets it. */
export interface RecordKey {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 16 bytes. */
  readonly imageId: Uint8Array;
}

const NONCE_SIZE = 12;
const TAG_SIZE = 16;

/**
 * Encrypts a plain record (AES-256-GCM, NIST SP 800-38D). `buffer` holds RECORD_HEADER_SIZE free bytes, then the
 * record of `length` bytes. Nonces are random: 2^32 records of one key stay far below the bound of SP 800-38D, 8.3,
 * and a chunk that is captured again after an interruption never meets its old nonce.
 * @returns the sealed record as a view of `buffer`
 */
export function sealRecord(buffer: Uint8Array, length: number, { key, imageId }: RecordKey): Uint8Array {
  const trailer = new Uint8Array(32);
  const nonce = trailer.subarray(0, NONCE_SIZE);
  randomFillSync(nonce);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(imageId);
  const inner = buffer.subarray(RECORD_HEADER_SIZE, RECORD_HEADER_SIZE + length);
  inner.set(cipher.update(inner));
  cipher.final();
  trailer.set(cipher.getAuthTag(), NONCE_SIZE);
  return finishRecord(buffer, {
    type: RECORD.sealed,
    codec: CODEC.stored,
    region: 0,
    number: 0,
    rawLength: length,
    storedLength: length,
    sha256: trailer,
  });
}

/** A whole record, sealed where there is a key. For what is not written by the thousand: it has a buffer of its own. */
export function makeRecord(fields: RecordFields, stored: Uint8Array, key: RecordKey | undefined): Uint8Array {
  const buffer = new Uint8Array(2 * RECORD_HEADER_SIZE + padded(stored.length));
  const inner = buffer.subarray(RECORD_HEADER_SIZE);
  inner.set(stored, RECORD_HEADER_SIZE);
  const record = finishRecord(inner, fields);
  return key ? sealRecord(buffer, record.length, key) : record;
}

/** Decrypts a sealed record in place. @returns the plain record, not yet checked, or what is wrong. */
export function openSealed(record: Uint8Array, { key, imageId }: RecordKey): Uint8Array | { problem: string } {
  const header = checkRecord(record);
  if ("problem" in header) return header;
  if (header.type !== RECORD.sealed) return { problem: "it is not encrypted" };
  const { codec, region, number, rawLength, storedLength } = header;
  if (codec !== CODEC.stored || region !== 0 || number !== 0 || rawLength !== storedLength)
    return { problem: "its header says more than that of an encrypted record may" };
  const nonce = header.sha256.subarray(0, NONCE_SIZE);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(imageId);
  decipher.setAuthTag(header.sha256.subarray(NONCE_SIZE, NONCE_SIZE + TAG_SIZE));
  const inner = record.subarray(RECORD_HEADER_SIZE, RECORD_HEADER_SIZE + header.storedLength);
  try {
    inner.set(decipher.update(inner));
    decipher.final();
  } catch {
    return { problem: "it was changed, or does not belong to this image: its authentication tag does not match" };
  }
  return inner;
}

/** The key of an image's records: docs/format/keys.md. HKDF (RFC 5869), so that the image key itself encrypts nothing. */
export function recordKeyOf(imageKey: Uint8Array, imageId: string): RecordKey {
  const id = imageIdBytes(imageId);
  const key = new Uint8Array(hkdfSync("sha256", imageKey, id, "lifeboat records 2", 32));
  return { key, imageId: id };
}
