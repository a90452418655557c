import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { LEAST_PASSWORD } from "./contract/people.ts";

/** What one password takes: memory of 128 * N * r bytes, and time (RFC 7914, section 2). */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and a quarter of a second, as OWASP's "Password Storage Cheat Sheet" has it. */
export const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
const BYTES = 32;
/** Passwords that are looked at at the same time: each takes 32 MiB and one of Node's four threads, which files need too. */
const MOST_AT_ONCE = 2;
/** Those that wait. Who comes then is sent away: nobody types so fast. */
const MOST_WAITING = 50;

/** "scrypt:32768:8:3:SALT:HASH", both in base64url: the cost may grow later, and old ones can still be checked. */
export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomBytes(16);
  const { N, r, p } = cost;
  const hash = await derive(password, salt, cost);
  return ["scrypt", N, r, p, salt.toString("base64url"), hash.toString("base64url")].join(":");
}

/** @param hashed undefined: there is no such user, which takes as long to find out @param cost of new passwords */
export async function isPassword(password: string, hashed: string | undefined, cost = COST): Promise<boolean> {
  if (hashed === undefined) {
    await derive(password, NO_SALT, cost);
    return false;
  }
  const [kind, N, r, p, salt = "", hash = ""] = hashed.split(":");
  if (kind !== "scrypt") return false;
  const derived = await derive(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  const expected = Buffer.from(hash, "base64url");
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

const NO_SALT = new Uint8Array(16);

/** @throws CONSOLE_USER_INVALID */
export function expectGoodPassword(name: string, password: string): void {
  const problem =
    password.length < LEAST_PASSWORD
      ? `it has fewer than ${LEAST_PASSWORD} characters`
      : password.toLowerCase().includes(name.toLowerCase())
        ? "the name is in it"
        : new Set(password).size < 4
          ? "it has fewer than four different characters"
          : undefined;
  if (problem !== undefined) throw new LifeboatError("CONSOLE_USER_INVALID", { what: "the password", problem });
}

let running = 0;
const waiting: (() => void)[] = [];

/** @throws CONSOLE_TOO_MANY_TRIES */
async function derive(password: string, salt: Uint8Array, cost: ScryptCost): Promise<Buffer> {
  if (running >= MOST_AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw new LifeboatError("CONSOLE_TOO_MANY_TRIES", { seconds: 10 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    // The same letters may be typed in two ways (RFC 8265, section 4.2).
    const text = password.normalize("NFC");
    return await new Promise((resolve, reject) =>
      scrypt(text, salt, BYTES, { ...cost, maxmem: 64 << 20 }, (error, key) => (error ? reject(error) : resolve(key))),
    );
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
