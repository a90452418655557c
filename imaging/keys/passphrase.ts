import { LifeboatError } from "#base/errors.ts";

const invalid = (problem: string) => new LifeboatError("KEY_INVALID", { what: "the password", problem });

/**
 * The bytes of a password: NFC, then UTF-8, so that the same text from two keyboards is the same password
 * (Unicode Standard Annex 15; one may send an accented letter as one character, the other as two).
 * @throws KEY_INVALID when it is empty, or has half of a surrogate pair or U+0000
 */
export function passphraseBytes(text: string): Buffer {
  if (text === "") throw invalid("it is empty");
  if (!text.isWellFormed()) throw invalid("it is not valid Unicode text");
  // HMAC, which scrypt begins with, fills short keys up with zeros: "a" and "a\0" would be one password.
  if (text.includes("\0")) throw invalid("it has the character U+0000");
  return Buffer.from(text.normalize("NFC"), "utf8");
}

/**
 * The text of a password file. One newline at its end, which editors add, and a byte order mark are not part of it.
 * @throws KEY_INVALID when it is not UTF-8
 */
export function passphraseFromFile(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content).replace(/\r?\n$/, "");
  } catch (cause) {
    throw new LifeboatError(
      "KEY_INVALID",
      { what: "the password file", problem: "it is not UTF-8 text" },
      { cause: cause as Error },
    );
  }
}
