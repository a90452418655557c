import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isDeviceGone, isNumberGone } from "#imaging/salvage/device-gone.ts";

const sysfs = mkdtempSync(join(tmpdir(), "lifeboat-sysfs-"));
afterAll(() => rmSync(sysfs, { recursive: true, force: true }));

function disk(number: string, size: string, state?: string): string {
  mkdirSync(join(sysfs, number, "device"), { recursive: true });
  writeFileSync(join(sysfs, number, "size"), `${size}\n`);
  if (state) writeFileSync(join(sysfs, number, "device", "state"), `${state}\n`);
  return number;
}

it.each([
  [disk("8:0", "1000", "running"), false],
  [disk("8:16", "1000", "offline"), true],
  [disk("8:32", "1000", "transport-offline"), true],
  [disk("8:48", "0", "running"), true],
  [disk("259:0", "1000", "live"), false],
  [disk("259:1", "1000", "dead"), true],
  [disk("7:0", "1000"), false],
  ["8:64", true],
])("%s: %s", (number, gone) => expect(isNumberGone(number, sysfs)).toBe(gone));

it("knows a partition's disk", () => {
  disk("8:17", "1000", "offline");
  mkdirSync(join(sysfs, "8:17", "part"));
  writeFileSync(join(sysfs, "8:17", "part", "size"), "100\n");
  expect(isNumberGone("8:17/part", sysfs)).toBe(true);
});
it("a file is not gone while it is there", () => {
  expect(isDeviceGone(import.meta.filename)).toBe(false);
  expect(isDeviceGone("/dev/no-such-disk")).toBe(true);
});
