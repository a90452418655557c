import { expect, test } from "vitest";
import { KeyParser } from "#rescue/console-menu/keys.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const names = (text: string): string[] => {
  const parser = new KeyParser();
  return [...parser.feed(bytes(text)), ...parser.flush()].map((key) => (key.name === "text" ? key.text : key.name));
};

test.each([
  ["\x1b[A\x1b[B\x1bOC\x1b[6~", ["up", "down", "right", "page-down"]],
  ["aé Ж\r", ["a", "é", " ", "Ж", "enter"]],
  ["\r\n\n", ["enter", "enter"]], // terminals that send both for Enter
  ["\x7f\x08\t\f\x03", ["backspace", "backspace", "tab", "redraw", "interrupt"]],
  ["\x1b", ["escape"]],
  ["\x1b\x1b[A", ["escape", "up"]],
  ["\x1b[15~x\x1b[1;5A", ["x"]], // F5 and Ctrl+Up mean nothing here
  ["\x00\x01\x1d", []],
])("%j", (text, expected) => expect(names(text)).toEqual(expected));

test("a key that comes in pieces is one key, and a letter of several bytes one letter", () => {
  const parser = new KeyParser();
  expect(parser.feed(bytes("\x1b"))).toEqual([]);
  expect(parser.isWaiting).toBe(true);
  expect(parser.feed(bytes("["))).toEqual([]);
  expect(parser.feed(bytes("A"))).toEqual([{ name: "up" }]);
  const [first, second] = [...bytes("é")];
  expect(parser.feed(Uint8Array.of(first as number))).toEqual([]);
  expect(parser.feed(Uint8Array.of(second as number))).toEqual([{ name: "text", text: "é" }]);
});
