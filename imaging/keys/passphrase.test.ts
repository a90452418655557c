import { expect, test } from "vitest";
import { passphraseBytes, passphraseFromFile } from "#imaging/keys/passphrase.ts";

test.each([
  ["é as one character and as two", "\u00e9", "e\u0301", "c3a9"],
  ["Å: the unit, the letter, and A with a ring", "\u212b", "A\u030a", "c385"],
  ["two marks in either order", "q\u0307\u0323", "q\u0323\u0307", "71cca3cc87"],
  ["Hangul as a syllable and as its parts", "\ud55c", "\u1112\u1161\u11ab", "ed959c"],
])("%s are one password", (_what, one, other, bytes) => {
  expect(passphraseBytes(one).toString("hex")).toBe(bytes);
  expect(passphraseBytes(other).toString("hex")).toBe(bytes);
});

test.each(["ﬁ", "①", "Ａ", " ", "a ", "\n", "A"])("%j is not folded into something else", (text) => {
  expect(passphraseBytes(text)).toEqual(Buffer.from(text));
});

test.each([
  ["empty", "", "it is empty"],
  ["half of a pair", "a\ud83d", "not valid Unicode"],
  ["NUL", "a\0", "U+0000"],
  ["the other half", "\ude00b", "not valid Unicode"],
])("%s is refused", (_what, text, problem) => {
  expect(() => passphraseBytes(text)).toThrow(expect.objectContaining({ code: "KEY_INVALID" }));
  expect(() => passphraseBytes(text)).toThrow(problem);
});

test.each([
  ["secret\n", "secret"],
  ["secret\r\n", "secret"],
  ["secret\n\n", "secret\n"],
  ["\ufeffsecret", "secret"],
  [" secret ", " secret "],
  ["two\nlines", "two\nlines"],
  ["пароль 密码\n", "пароль 密码"],
])("a file with %j gives %j", (content, text) => {
  expect(passphraseFromFile(Buffer.from(content))).toBe(text);
});

test("a file that is not text is refused", () => {
  expect(() => passphraseFromFile(Uint8Array.of(0x73, 0xff, 0xfe))).toThrow("not UTF-8");
});
