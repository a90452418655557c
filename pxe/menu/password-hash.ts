import { pbkdf2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(pbkdf2);

/** What `grub-mkpasswd-pbkdf2` makes as well: GRUB computes slowly, and has to in front of the user. */
const ITERATIONS = 10_000;
/** More would keep this server, or GRUB, busy for minutes. */
const MOST_ITERATIONS = 1_000_000;
const LEAST_ITERATIONS = 1000;
const BYTES = 64;

/** A password as GRUB keeps it (GRUB manual, section "password_pbkdf2"): PBKDF2 with HMAC-SHA-512. */
export interface PasswordHash {
  /** "grub.pbkdf2.sha512.10000.SALT.HASH" */
  readonly text: string;
  readonly iterations: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** @returns undefined: it is none, or one that is too weak or too slow */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const [, rounds, salt = "", hash = ""] =
    /^grub\.pbkdf2\.sha512\.(\d{1,7})\.((?:[0-9A-F]{2}){8,128})\.((?:[0-9A-F]{2}){32,64})$/i.exec(text) ?? [];
  const iterations = Number(rounds);
  if (!(iterations >= LEAST_ITERATIONS && iterations <= MOST_ITERATIONS)) return undefined;
  return { text, iterations, salt: Buffer.from(salt, "hex"), hash: Buffer.from(hash, "hex") };
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(BYTES);
  const hash = await derive(password, salt, ITERATIONS, BYTES, "sha512");
  const hex = (bytes: Buffer) => bytes.toString("hex").toUpperCase();
  return `grub.pbkdf2.sha512.${ITERATIONS}.${hex(salt)}.${hex(hash)}`;
}

/** How long it takes says nothing of the password. */
export async function isPassword(password: string, { iterations, salt, hash }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, iterations, hash.length, "sha512"), hash);
}
