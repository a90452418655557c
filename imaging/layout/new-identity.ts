import { createHash } from "node:crypto";

/** Identities for a new table. They follow from the seed, so that the same wish gives the same plan. */

/** A GUID of version 8, whose content is anybody's own (RFC 9562, 5.8). */
export function newGuid(seed: string, what: string): string {
  const bytes = digest(seed, what).subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Eight hexadecimal digits, and never 0, which is none. */
export function newSignature(seed: string): string {
  const text = digest(seed, "signature").subarray(0, 4).toString("hex");
  return text === "00000000" ? "00000001" : text;
}

const LVM_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** As LVM makes them, which knows no versions: 32 of 62 signs. */
export function newLvmId(seed: string, what: string): string {
  const signs = [...digest(seed, what)].map((byte) => LVM_DIGITS[byte % LVM_DIGITS.length]).join("");
  return [6, 10, 14, 18, 22, 26, 32].map((end, i, ends) => signs.slice(ends[i - 1] ?? 0, end)).join("-");
}

/** Behind the name of a volume group. Copies of one disk get different ones, as all of them may be in one machine. */
export const newSuffix = (seed: string, what: string): string => digest(seed, what).toString("hex").slice(0, 4);

const digest = (seed: string, what: string): Buffer => createHash("sha256").update(`${seed}\n${what}`).digest();
