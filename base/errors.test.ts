import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { errorCodes, errorTable, isLifeboatError, LifeboatError } from "#base/errors.ts";

test("an error carries code, text, statuses, what is safe and what is next", () => {
  const cause = new Error("EBUSY");
  const error = new LifeboatError("TARGET_IN_USE", { target: "/dev/sda", by: "mounted at /" }, { cause });
  expect(error.message).toBe("TARGET_IN_USE: /dev/sda is in use: mounted at /");
  expect([error.httpStatus, error.exitStatus, error.cause]).toEqual([409, 7, cause]);
  expect(error.safe).toBe("Nothing was written.");
  expect(error.next).toMatch(/Unmount/);
});

test("isLifeboatError tells codes apart, and foreign errors", () => {
  const error: unknown = new LifeboatError("NOT_FOUND", { what: "it" });
  expect(isLifeboatError(error)).toBe(true);
  expect(isLifeboatError(error, "NOT_FOUND")).toBe(true);
  expect(isLifeboatError(error, "USAGE")).toBe(false);
  expect(isLifeboatError(new Error("NOT_FOUND"))).toBe(false);
});

test("every row of the catalogue is complete, in sentences, with a documented exit status", () => {
  expect(errorTable().map(({ code }) => code)).toEqual(errorCodes);
  for (const { code, exit, http, safe, next } of errorTable()) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect([1, 2, 3, 4, 5, 6, 7, 8, 130, 143], code).toContain(exit);
    expect(http >= 400 && http < 600, code).toBe(true);
    for (const sentence of [safe, next]) expect(sentence, code).toMatch(/^[A-Z].*[.]$/);
  }
});

test("every code of every subject is in the catalogue, once", async () => {
  const folder = new URL("./errors/", import.meta.url);
  const subjects = await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), "utf8")));
  const codes = subjects.flatMap((text) => [...text.matchAll(/^ {2}([A-Z_]+): entry</gm)].map(([, code]) => code));
  expect(codes.toSorted()).toEqual(errorCodes.toSorted());
});
