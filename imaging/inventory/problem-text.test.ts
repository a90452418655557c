import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { problemText } from "#imaging/inventory/problem-text.ts";

test("a coded error gives its text without the code", () => {
  const error = new LifeboatError("TABLE_DAMAGED", {
    device: "/dev/sda",
    table: "GPT",
    problem: "both copies are bad",
  });
  expect(problemText(error)).toBe("/dev/sda: the GPT partition table is damaged: both copies are bad");
  expect(problemText(new Error("EIO: i/o error"))).toBe("EIO: i/o error");
});

test.each(["EACCES", "EPERM"])("%s says that root can read it", (code) => {
  const cause = Object.assign(new Error(`${code}: no`), { code });
  const wrapped = new LifeboatError("OPEN_FAILED", { path: "/dev/sda", reason: cause.message }, { cause });
  for (const error of [cause, wrapped]) expect(problemText(error)).toBe("it cannot be read (try as root)");
});
