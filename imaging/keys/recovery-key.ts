import { hash, randomBytes } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { canonicalBase32, decodeBase32, encodeBase32, foreignTo32, grouped } from "#imaging/keys/base32.ts";

const SECRET_BYTES = 20;
const SECRET_CHARACTERS = 32;
const CHECK_CHARACTERS = 4;
const CHARACTERS = SECRET_CHARACTERS + CHECK_CHARACTERS;

const invalid = (problem: string) => new LifeboatError("KEY_INVALID", { what: "the recovery key", problem });

/** A new recovery key as it is shown: 160 random bits and 20 bits of check, nine groups of four. */
export const createRecoveryKey = (): string => formatRecoveryKey(randomBytes(SECRET_BYTES));

export const formatRecoveryKey = (secret: Uint8Array): string => grouped(encodeBase32(secret) + checkOf(secret));

/**
 * The 20 secret bytes of a recovery key as somebody typed it: case, dashes and spaces do not matter, O is 0, I and L
 * are 1.
 * @throws KEY_INVALID when it is mistyped: a key of another image passes here, and fails to unlock instead
 */
export function parseRecoveryKey(typed: string): Buffer {
  const text = canonicalBase32(typed);
  const foreign = foreignTo32(text);
  if (foreign !== undefined) throw invalid(`"${foreign}" occurs in no recovery key`);
  if (text.length !== CHARACTERS)
    throw invalid(`it has ${text.length} letters and digits, a recovery key has ${CHARACTERS}`);
  const secret = decodeBase32(text.slice(0, SECRET_CHARACTERS));
  if (checkOf(secret) !== text.slice(SECRET_CHARACTERS)) throw invalid("a letter or digit of it is mistyped");
  return secret;
}

/** Whether the text was meant as a recovery key, right or mistyped: for a place that takes passwords too. */
export function looksLikeRecoveryKey(text: string): boolean {
  const characters = canonicalBase32(text);
  return characters.length === CHARACTERS && foreignTo32(characters) === undefined;
}

const checkOf = (secret: Uint8Array): string =>
  encodeBase32(hash("sha256", secret, "buffer").subarray(0, 5)).slice(0, CHECK_CHARACTERS);
