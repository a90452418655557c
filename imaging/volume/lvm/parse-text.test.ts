import { expect, test } from "vitest";
import { parseText, type TextSection } from "#imaging/volume/lvm/parse-text.ts";

const plain = ({ values, sections }: TextSection): object => ({
  ...Object.fromEntries(values),
  ...Object.fromEntries([...sections].map(([name, section]) => [name, plain(section)])),
});

test("values, lists, sections, comments and escapes are what LVM means by them", () => {
  const text = `a = 1 # not b = 2
    b = -3
    c="\\"q\\" \\\\ # no comment"
    d = [ "x", 4,
      5 ]
    e = []
    vg-0.x+y { f { g = "" } }`;
  expect(plain(parseText(text))).toEqual({
    a: 1,
    b: -3,
    c: '"q" \\ # no comment',
    d: ["x", 4, 5],
    e: [],
    "vg-0.x+y": { f: { g: "" } },
  });
  expect(plain(parseText(""))).toEqual({});
});

test.each([
  ["a", "= or {"],
  ["a =", "a number or a text"],
  ["a = b", "a number or a text"],
  ["a = 99999999999999999999", "a number or a text"],
  ["a = [1", ", or ]"],
  ["a = [1 2]", ", or ]"],
  ["a = [[1]]", "a number or a text"],
  ["a = 1 a = 2", "twice"],
  ["a { } a { }", "twice"],
  ["a {", "a name is expected"],
  ["}", "a name is expected"],
  ['a = "open', "no meaning"],
  ["a = 1 ; b = 2", "no meaning"],
  ["__proto__ { } a { ".repeat(9), "too deep"],
])("%j is refused with a place: %s", (text, problem) => {
  expect(() => parseText(text)).toThrow(RangeError);
  expect(() => parseText(text)).toThrow(new RegExp(`${problem.replaceAll(/[[\]{}]/g, "\\$&")}.*at character \\d+`));
});

test("names of JavaScript's own are names like others", () => {
  const { sections } = parseText("__proto__ { constructor = 1 } toString { }");
  expect([...sections.keys()]).toEqual(["__proto__", "toString"]);
});

test.each([
  ["white space", " ".repeat(4 << 20)],
  ["comments", "#\n".repeat(1 << 20)],
  ["one text", `a = "${"\\\\".repeat(2 << 20)}"`],
  ["an open text", `a = "${"x".repeat(4 << 20)}`],
  ["a list", `a = [${"1,".repeat(1 << 20)}1]`],
  ["open sections", "a {".repeat(1 << 20)],
])("4 MiB of %s take no long time, and end in a value or a RangeError", (_name, text) => {
  const started = performance.now();
  try {
    parseText(text);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
