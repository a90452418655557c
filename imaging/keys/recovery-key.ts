import { hash, randomBytes } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";

/** Crockford's base32: no I, L, O and U, which are misread (https://www.crockford.com/base32.html). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET_BYTES = 20;
const SECRET_CHARACTERS = 32;
const CHECK_CHARACTERS = 4;
const GROUP = 4;
const CHARACTERS = SECRET_CHARACTERS + CHECK_CHARACTERS;

const invalid = (problem: string) => new LifeboatError("KEY_INVALID", { what: "the recovery key", problem });

/** A new recovery key as it is shown: 160 random bits and 20 bits of check, nine groups of four. */
export const createRecoveryKey = (): string => formatRecoveryKey(randomBytes(SECRET_BYTES));

export function formatRecoveryKey(secret: Uint8Array): string {
  const all = encode(secret) + checkOf(secret);
  return (all.match(new RegExp(`.{${GROUP}}`, "g")) ?? []).join("-");
}

/**
 * The 20 secret bytes of a recovery key as somebody typed it: case, dashes and spaces do not matter, O is 0, I and L
 * are 1.
 * @throws KEY_INVALID when it is mistyped: a key of another image passes here, and fails to unlock instead
 */
export function parseRecoveryKey(typed: string): Buffer {
  const text = canonical(typed);
  const foreign = [...text].find((character) => !ALPHABET.includes(character));
  if (foreign !== undefined) throw invalid(`"${foreign}" occurs in no recovery key`);
  if (text.length !== CHARACTERS)
    throw invalid(`it has ${text.length} letters and digits, a recovery key has ${CHARACTERS}`);
  const secret = decode(text.slice(0, SECRET_CHARACTERS));
  if (checkOf(secret) !== text.slice(SECRET_CHARACTERS)) throw invalid("a letter or digit of it is mistyped");
  return secret;
}

/** Whether the text was meant as a recovery key, right or mistyped: for a place that takes passwords too. */
export function looksLikeRecoveryKey(text: string): boolean {
  const characters = canonical(text);
  return characters.length === CHARACTERS && [...characters].every((character) => ALPHABET.includes(character));
}

const canonical = (typed: string): string =>
  typed
    .normalize("NFKC") // full-width letters and digits, as East Asian keyboards type them
    .replace(/[\s\p{Dash}]/gu, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");

const checkOf = (secret: Uint8Array): string =>
  encode(hash("sha256", secret, "buffer").subarray(0, 5)).slice(0, CHECK_CHARACTERS);

/** 5 bits a character, from the highest bit of the first byte on. */
function encode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join("");
}

function decode(text: string): Buffer {
  const bits = [...text].map((character) => ALPHABET.indexOf(character).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
