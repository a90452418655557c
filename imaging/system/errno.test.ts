import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errnoName, errnoReason, isFull } from "#imaging/system/errno.ts";

const failed = (): unknown => {
  try {
    return readFileSync("/nowhere");
  } catch (error) {
    return error;
  }
};

test("errors have their names, also those that Node knows by number only", () => {
  expect(errnoName(failed())).toBe("ENOENT");
  expect(errnoName({ code: "Unknown system error -116", errno: -116 })).toBe("ESTALE");
  expect([errnoName(undefined), errnoName(new Error("other"))]).toEqual(["", ""]);
});

test("a reason names the error instead of its number", () => {
  const error = Object.assign(new Error("Unknown system error -116: Unknown system error -116, read"), { errno: -116 });
  expect(errnoReason(error)).toBe("ESTALE: ESTALE, read");
});

test("a full disk and a used-up quota are the same to a writer", () => {
  expect(
    [
      { code: "ENOSPC", errno: -28 },
      { code: "Unknown system error -122", errno: -122 },
    ].map(isFull),
  ).toEqual([true, true]);
  expect(isFull({ code: "EIO", errno: -5 })).toBe(false);
});
