import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { LifeboatError } from "#base/errors.ts";
import { canonicalBase32, encodeBase32, foreignTo32, grouped } from "#imaging/keys/base32.ts";

/** 60 random bits: three groups of four to read out and type. */
const CHARACTERS = 12;
const KEY_BYTES = 32;
/** A code is made for one use, so a salt has nothing to hide from: this one keeps the key apart from other programs' keys. */
const SALT = "lifeboat clone 1";
/** 32 MiB and some 80 ms: a guess at a code that was overheard costs as much, and there are 2^60. */
const COST = { N: 1 << 15, r: 8, p: 1, maxmem: 64 << 20 };

const invalid = (problem: string) => new LifeboatError("KEY_INVALID", { what: "the pairing code", problem });

/** A new code as it is shown: "K7QM-2XHD-9RTW". */
export const createPairingCode = (): string => grouped(encodeBase32(randomBytes(8)).slice(0, CHARACTERS));

/**
 * The key that both sides make of a code. Case, dashes and spaces do not matter, O is 0, I and L are 1.
 * @returns 32 bytes
 * @throws KEY_INVALID for what is no code: one of another clone passes here, and is refused by the other side
 */
export async function pairingKey(typed: string): Promise<Buffer> {
  const text = canonicalBase32(typed);
  const foreign = foreignTo32(text);
  if (foreign !== undefined) throw invalid(`"${foreign}" occurs in no pairing code`);
  if (text.length !== CHARACTERS)
    throw invalid(`it has ${text.length} letters and digits, a pairing code has ${CHARACTERS}`);
  return derive(text, SALT, KEY_BYTES, COST);
}

const derive = promisify<string, string, number, typeof COST, Buffer>(scrypt);
