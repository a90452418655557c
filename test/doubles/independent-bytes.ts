import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

export function need(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** CRC-32 of bytes with the four at `at` taken as zero. */
export function crcWithout(bytes: Buffer, at: number): number {
  const copy = Buffer.from(bytes);
  copy.fill(0, at, at + 4);
  return crc32(copy);
}
export const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();
export function u64(bytes: Buffer, at: number): number {
  const value = Number(bytes.readBigUInt64LE(at));
  need(Number.isSafeInteger(value), "a number above 2^53 - 1");
  return value;
}
