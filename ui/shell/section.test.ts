import { expect, it } from "vitest";
import { isFresh, sectionOf } from "#ui/shell/section.ts";

it.each([
  ["", "home"],
  ["#/", "home"],
  ["#/home", "home"],
  ["#/restore", "restore"],
  ["#/restore/review?image=/a/settings&target=b", "restore"],
  ["#/settings", "settings"],
  ["#/help", "help"],
  ["#/nonsense", "home"],
  ["#settings", "home"],
])("%s is of %s", (hash, section) => {
  expect(sectionOf(hash)).toBe(section);
});

it("tells an address that nobody has chosen from the first page that somebody went to", () => {
  expect(["", "#", "#/"].every(isFresh)).toBe(true);
  expect(["#/home", "#/restore"].some(isFresh)).toBe(false);
});
