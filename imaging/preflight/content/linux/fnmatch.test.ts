import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { fnmatch } from "#imaging/preflight/content/linux/fnmatch.ts";

test.each([
  ["*", "", true],
  ["*", "anything", true],
  ["a*c", "abc", true],
  ["a*c", "ac", true],
  ["a*c", "acb", false],
  ["a*b*c", "aXbYbZc", true],
  ["?", "", false],
  ["a?c", "abc", true],
  ["[abc]", "b", true],
  ["[a-f]", "e", true],
  ["[a-f]", "g", false],
  ["[!a-f]", "g", true],
  ["[^a-f]", "b", false],
  ["[]x]", "]", true],
  ["[!]x]", "]", false],
  ["[a-]", "-", true],
  ["[x", "[x", true],
  ["\\*", "*", true],
  ["\\*", "x", false],
  ["pci:v00008086d00002922sv*sd*bc*sc*i*", "pci:v00008086d00002922sv00001AF4sd00001100bc01sc06i01", true],
  ["usb:v05ACp*d02[0-9]*dc*", "usb:v05ACp1234d0215dc00", true],
  ["usb:v05ACp*d02[0-9]*dc*", "usb:v05ACp1234d02A5dc00", false],
])("%s fits %s: %s", (pattern, name, fits) => {
  expect(fnmatch(pattern, name)).toBe(fits);
});

test("a pattern that is made to take long does not", () => {
  const started = performance.now();
  expect(fnmatch("*a".repeat(1000), "a".repeat(3000).concat("b"))).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});
