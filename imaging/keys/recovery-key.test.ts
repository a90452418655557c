import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import {
  createRecoveryKey,
  formatRecoveryKey,
  looksLikeRecoveryKey,
  parseRecoveryKey,
} from "#imaging/keys/recovery-key.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

test("it is nine groups of four, and no two are alike", () => {
  const keys = Array.from({ length: 200 }, createRecoveryKey);
  for (const key of keys) expect(key).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(new Set(keys).size).toBe(200);
});

test("known ones, computed from the definition with another program", () => {
  // python3: base32 of the secret and of the first 20 bits of its SHA-256, in Crockford's alphabet
  expect(formatRecoveryKey(new Uint8Array(20))).toBe("0000-0000-0000-0000-0000-0000-0000-0000-VS3W");
  const secret = Uint8Array.from({ length: 20 }, (_, i) => i * 13);
  expect(formatRecoveryKey(secret)).toBe("006H-M9SM-8575-PT3N-GA7S-SADP-RF8D-VTQQ-EGQ2");
});

test("what was typed carelessly is read as it was meant", () => {
  for (let i = 0; i < 200; i++) {
    const secret = randomBytes(20);
    const key = formatRecoveryKey(secret);
    for (const typed of [
      key,
      key.toLowerCase(),
      key.replaceAll("-", ""),
      key.replaceAll("-", "\u2013"),
      `  ${key.replaceAll("-", " ")}\t\n`,
      key.replaceAll("0", "o").replaceAll("1", "l"),
      key.replaceAll("0", "O").replaceAll("1", "I"),
      key.replace(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ])
      expect(parseRecoveryKey(typed)).toEqual(secret);
  }
});

test("a single wrong or exchanged character is noticed", () => {
  let tried = 0;
  for (let i = 0; i < 20; i++) {
    const key = createRecoveryKey();
    for (const [at, right] of [...key].entries()) {
      if (right === "-") continue;
      const wrong = ALPHABET[(ALPHABET.indexOf(right) + 1 + ((i * 7 + at) % 31)) % 32] as string;
      expect(() => parseRecoveryKey(key.slice(0, at) + wrong + key.slice(at + 1))).toThrow("mistyped");
      const next = key[at + 1];
      if (next && next !== "-" && next !== right)
        expect(() => parseRecoveryKey(key.slice(0, at) + next + right + key.slice(at + 2))).toThrow("mistyped");
      tried++;
    }
  }
  expect(tried).toBe(720);
});

test.each([
  ["too short", "0000-0000", "it has 8 letters and digits, a recovery key has 36"],
  ["nothing", "", "it has 0"],
  ["a letter that no key has", `U${"0".repeat(35)}`, '"U" occurs in no recovery key'],
  ["another script", "π".repeat(36), '"Π" occurs in no recovery key'],
])("%s is refused in words", (_what, typed, problem) => {
  expect(() => parseRecoveryKey(typed)).toThrow(problem);
  expect(() => parseRecoveryKey(typed)).toThrow(expect.objectContaining({ code: "KEY_INVALID" }));
  expect(looksLikeRecoveryKey(typed)).toBe(false);
});

test("a mistyped one still looks like one, a sentence does not", () => {
  expect(looksLikeRecoveryKey(createRecoveryKey().toLowerCase())).toBe(true);
  expect(looksLikeRecoveryKey("0".repeat(36))).toBe(true);
  expect(looksLikeRecoveryKey("correct horse battery staple, and one more")).toBe(false);
});
