import { expect, test } from "vitest";
import { refusePlain } from "#cli/image-unlock.ts";

test("a plain image is refused where a password file was named, and no other", () => {
  const image = (encrypted: boolean) => ({ path: "/a.lbi", encrypted });
  expect(() => refusePlain(image(false), { passwordFile: "/p" })).toThrow(expect.objectContaining({ code: "USAGE" }));
  expect(() => refusePlain(image(true), { passwordFile: "/p" })).not.toThrow();
  expect(() => refusePlain(image(false), {})).not.toThrow();
});
