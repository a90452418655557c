import { expect, test } from "vitest";
import { modeText } from "#imaging/explore/mode-text.ts";

test.each([
  ["file", 0o644, "-rw-r--r--"],
  ["folder", 0o1777, "drwxrwxrwt"],
  ["folder", 0o1776, "drwxrwxrwT"],
  ["file", 0o4755, "-rwsr-xr-x"],
  ["file", 0o6644, "-rwSr-Sr--"],
  ["link", 0o777, "lrwxrwxrwx"],
] as const)("a %s of %o is %s", (type, mode, text) => expect(modeText({ type, mode })).toBe(text));
