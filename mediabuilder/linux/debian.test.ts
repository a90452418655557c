import { expect, test } from "vitest";
import { aptSources, DEFAULT_MIRROR } from "./debian.ts";

test("every source is checked with Debian's keyring, security updates included", () => {
  const sources = aptSources(DEFAULT_MIRROR);
  expect(sources).toHaveLength(3);
  expect(sources.every((line) => line.includes("[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"))).toBe(
    true,
  );
  expect(sources[2]).toContain("http://deb.debian.org/debian-security trixie-security main");
});

test("a mirror with another path has no security archive beside it", () => {
  expect(aptSources("http://mirror.example/trixie/").map((line) => line.split(" ")[2])).toEqual([
    "http://mirror.example/trixie",
    "http://mirror.example/trixie",
  ]);
});
