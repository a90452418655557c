import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { systemTree } from "#imaging/installed/system-tree.ts";

const outside = mkdtempSync(join(tmpdir(), "lifeboat-tree-"));
const root = join(outside, "root");
mkdirSync(join(root, "usr/lib"), { recursive: true });
mkdirSync(join(root, "etc"));
mkdirSync(join(root, "Windows/System32"), { recursive: true });
writeFileSync(join(outside, "secret"), "of this machine");
writeFileSync(join(root, "usr/lib/os-release"), "NAME=it");
writeFileSync(join(root, "Windows/System32/Config"), "hive");
symlinkSync("../usr/lib/os-release", join(root, "etc/os-release"));
symlinkSync("/usr/lib", join(root, "lib"));
symlinkSync("../../../../../../secret", join(root, "etc/up"));
symlinkSync(join(outside, "secret"), join(root, "etc/absolute"));
symlinkSync("loop", join(root, "etc/loop"));
symlinkSync("/usr/lib/new", join(root, "etc/dangling"));
afterAll(() => rmSync(outside, { recursive: true }));
const tree = systemTree(root);

test("links are followed as the system itself would, and never out of it", async () => {
  expect(await tree.text("/etc/os-release")).toBe("NAME=it");
  expect(await tree.text("lib/os-release")).toBe("NAME=it");
  expect(await tree.real("/etc/os-release")).toBe("/usr/lib/os-release");
  expect(await tree.text("etc/up")).toBeUndefined();
  expect(await tree.text("etc/absolute")).toBeUndefined();
  expect(await tree.text("../../secret")).toBeUndefined();
  expect(await tree.resolve("etc/up")).toBe(join(root, "secret"));
  expect(await tree.resolve("etc/dangling/file")).toBe(join(root, "usr/lib/new/file"));
  await expect(tree.resolve("etc/loop")).rejects.toThrow("too many links");
});

test("it says what is there", async () => {
  expect(await tree.list("/lib")).toEqual(["os-release"]);
  expect(await tree.list("/none")).toEqual([]);
  expect(await tree.kind("lib")).toBe("folder");
  expect(await tree.kind("etc/os-release")).toBe("file");
  expect(await tree.kind("nothing")).toBeUndefined();
  expect(await tree.read("lib")).toBeUndefined();
});

test("of Windows, case does not count", async () => {
  expect(await tree.text("windows/SYSTEM32/config")).toBeUndefined();
  const windows = systemTree(root, { ignoreCase: true });
  expect(await windows.text("windows/SYSTEM32/config")).toBe("hive");
  expect(await windows.resolve("windows/NEW")).toBe(join(root, "Windows/NEW"));
});
