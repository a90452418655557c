import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { problemText, unreadable } from "#imaging/inventory/problem-text.ts";

const systemError = (code: string) => Object.assign(new Error(`${code}: no`), { code });

test("a coded error gives its text without the code", () => {
  const error = new LifeboatError("TABLE_DAMAGED", {
    device: "/dev/sda",
    table: "GPT",
    problem: "both copies are bad",
  });
  expect(problemText(error)).toBe("/dev/sda: the GPT partition table is damaged: both copies are bad");
  expect(problemText(new Error("EIO: i/o error"))).toBe("EIO: i/o error");
});

test.each([
  ["EACCES", "not-permitted", /only root/],
  ["EPERM", "not-permitted", /only root/],
  ["ENOMEDIUM", "no-medium", /no medium/],
  ["ENXIO", "gone", /unplugged/],
] as const)("%s is %s, thrown by the system or by us", (code, reason, text) => {
  const cause = systemError(code);
  const wrapped = new LifeboatError("OPEN_FAILED", { path: "/dev/sda", reason: cause.message }, { cause });
  for (const error of [cause, wrapped])
    expect(unreadable(error, false)).toEqual({ reason, text: expect.stringMatching(text) });
});

test("root is not told to become root", () => {
  expect(unreadable(systemError("EPERM"), true)).toMatchObject({ text: expect.stringContaining("not even root") });
});

test("a disk that fails is failing, with what the system said", () => {
  const cause = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
  const details = { device: "/dev/sda", offset: 512, reason: cause.message };
  const read = new LifeboatError("READ_FAILED", details, { cause });
  expect(unreadable(read, true)).toEqual({ reason: "failing", text: "reading it fails at byte 512: i/o error" });
  const open = new LifeboatError("OPEN_FAILED", { path: "/dev/sda", reason: cause.message }, { cause });
  expect(unreadable(open, true).text).toBe("it cannot be opened: i/o error");
});
