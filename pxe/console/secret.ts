import { hash, randomBytes } from "node:crypto";

/** 256 bits: what a browser or a program shows. Only its hash is kept, which needs no salt: nobody can try so many. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

export const secretHash = (secret: string): string => hash("sha256", secret);

/** 60 bits in groups, for people to type: "7KQ2-...", without letters that look alike (RFC 4648's alphabet has no 0, 1, 8, 9). */
export function newCode(): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const code = Array.from(randomBytes(12), (byte) => letters[byte & 31]).join("");
  return code.match(/.{4}/g)?.join("-") ?? code;
}

/** Dashes, blanks and small letters do not matter. */
export const plainCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z2-7]/g, "");
