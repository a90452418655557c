import { expect, test } from "vitest";
import { printable, printableLines, unprintableIn } from "#base/printable.ts";

test("what a terminal would obey is shown, what people write stays", () => {
  expect(printable("a\u001b[2Jb\nc\td\u0007\u009b1m\u2028\u202etxt\u2069\r\0")).toBe(
    "a\\u{1b}[2Jb\\u{a}c\\u{9}d\\u{7}\\u{9b}1m\\u{2028}\\u{202e}txt\\u{2069}\\u{d}\\u{0}",
  );
  for (const text of ["Büro, 東京 🚢", "a\u200db", "שלום"]) expect(printable(text)).toBe(text);
});

test("lines of our own stay lines", () => {
  expect(printableLines("one\ntwo\u001b\n")).toBe("one\ntwo\\u{1b}\n");
  expect([unprintableIn("one\ntwo"), unprintableIn("one")]).toEqual(["\\u{a}", undefined]);
});
