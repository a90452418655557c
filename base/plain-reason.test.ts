import { openSync, renameSync } from "node:fs";
import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it did not fail");
};

test("what the system said stays; its code, the call and the paths go", () => {
  expect(plainReason(messageOf(() => openSync("/no/such, file", "r")))).toBe("no such file or directory");
  expect(plainReason(messageOf(() => renameSync("/no/such", "/no/other")))).toBe("no such file or directory");
  expect(plainReason("EIO: i/o error, read")).toBe("i/o error");
});

test("a reason of our own stays as it is", () => {
  for (const text of ["it has no sector", "no room for a header: EIO", "E: unlikely, but said"])
    expect(plainReason(text)).toBe(text);
});

test("an error says the reason plainly and keeps the system's words in its details", () => {
  const reason = "EACCES: permission denied, open '/x'";
  const error = new LifeboatError("OPEN_FAILED", { path: "/x", reason });
  expect(error.text).toBe("cannot open /x: permission denied");
  expect(error.details.reason).toBe(reason);
});
