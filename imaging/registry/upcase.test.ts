import { expect, test } from "vitest";
import { compareNames, nameHash, sameName, upcase, upcaseName } from "#imaging/registry/upcase.ts";

const upper = (text: string) => String.fromCharCode(...[...text].map((one) => upcase(one.charCodeAt(0))));

test.each([
  ["az09{}", "AZ09{}"],
  ["äöüéÿ", "ÄÖÜÉŸ"],
  ["ключ", "КЛЮЧ"],
  // Not as JavaScript has them: one unit stays one, and some have no upper case in Windows.
  ["ß", "ß"],
  ["µ", "µ"],
  ["ı", "ı"],
  ["ᾀ", "ᾈ"],
  ["ა", "ა"],
  ["ꭰ", "ꭰ"],
])("%s is %s in upper case", (name, expected) => {
  expect(upper(name)).toBe(expected);
  expect(upcaseName(name)).toBe(expected);
  expect(sameName(name, expected)).toBe(true);
});

test("a lone half of a pair stays what it is", () => expect(upcaseName("\ud800x")).toBe("\ud800X"));

test("names are ordered by their upper case, the shorter one first", () => {
  const sorted = ["b", "_", "A", "aa", "a1", "Z"].sort(compareNames);
  expect(sorted).toEqual(["A", "a1", "aa", "b", "Z", "_"]);
});

/** Each step: 37 times the hash, and the unit. */
test("the hash of a name is that of its upper case, in 32 bits", () => {
  expect(nameHash("a")).toBe(0x41);
  expect(nameHash("Ab")).toBe(0x41 * 37 + 0x42);
  expect(nameHash("ControlSet001")).toBe(nameHash("CONTROLSET001"));
  expect(nameHash("x".repeat(200))).toBeLessThan(2 ** 32);
});
