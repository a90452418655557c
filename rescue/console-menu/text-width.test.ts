import { expect, test } from "vitest";
import { pad, shorten, textWidth, wrap } from "#rescue/console-menu/text-width.ts";

test("letters of East Asia are two columns wide, marks none", () => {
  expect([textWidth("abc"), textWidth("日本"), textWidth("e\u0301"), textWidth("Ж")]).toEqual([3, 4, 1, 1]);
  expect(pad("日", 4)).toBe("日  ");
  expect([shorten("abcdef", 6), shorten("abcdefg", 6), shorten("日本語日本", 8)]).toEqual([
    "abcdef",
    "abc...",
    "日本...",
  ]);
});

test("lines are broken at blanks, and a word that is too long within itself", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("/a/very/long/path x", 8, "  ")).toEqual(["/a/very/", "  long/p", "  ath x"]);
  expect(wrap("", 8)).toEqual([""]);
  expect(wrap("  1.  as  it is", 20)).toEqual(["  1.  as  it is"]);
  expect(wrap("  - a loss that is long", 12, "    ")).toEqual(["  - a loss", "    that is", "    long"]);
  for (const line of wrap("日本語 ".repeat(30), 21)) expect(textWidth(line)).toBeLessThanOrEqual(21);
});
