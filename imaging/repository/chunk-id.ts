import { createHmac } from "node:crypto";
import { ID_SIZE, KEY_SIZE } from "#imaging/repository/format.ts";

/**
 * What a chunk is called in index files: its SHA-256. In an encrypted repository it is an HMAC of that, so that who
 * reads an index cannot test whether a chunk that he has is in the repository.
 */
export function chunkId(sha256: Uint8Array, idKey: Uint8Array | undefined): Uint8Array {
  return idKey ? createHmac("sha256", idKey).update(sha256).digest() : sha256;
}

/** The first bytes of an id as a number that sorts as the ids do. */
export function keyOf(id: Uint8Array): number {
  let key = 0;
  for (let i = 0; i < KEY_SIZE; i++) key = key * 256 + (id[i] as number);
  return key;
}

/** @returns below 0, 0 or above, as ids are sorted; `at` is a place in `bytes` */
export function compareIds(id: Uint8Array, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < ID_SIZE; i++) {
    const difference = (id[i] as number) - (bytes[at + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
