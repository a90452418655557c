import { expect, test } from "vitest";
import { isTextMode, TEXT_BYTES, textRows } from "#imaging/prove/judge/text-screen.ts";

test("a text screen is its rows", () => {
  const memory = new Uint8Array(TEXT_BYTES);
  const put = (row: number, column: number, text: string) =>
    Array.from(text).forEach((character, i) => {
      memory[(row * 80 + column + i) * 2] = character.charCodeAt(0);
    });
  put(0, 0, "Booting");
  put(24, 76, "end\u00b3");
  expect(textRows(memory)).toEqual(["Booting", "end"]);
  expect(textRows(new Uint8Array(10))).toEqual([]);
});

test("its picture has the size of no graphics mode", () => {
  expect(isTextMode({ width: 720, height: 400 })).toBe(true);
  expect(isTextMode({ width: 640, height: 480 })).toBe(false);
});
