import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kernelVersion, parseModulesDep, withDependencies } from "./trim.ts";

const MODULES_DEP = `kernel/fs/fat/vfat.ko.xz: kernel/fs/fat/fat.ko.xz
kernel/fs/fat/fat.ko.xz:
kernel/drivers/hwmon/hwmon.ko.xz:
kernel/drivers/gpu/drm/amd/amdgpu.ko.xz: kernel/drivers/gpu/drm/drm.ko.xz kernel/drivers/hwmon/hwmon.ko.xz
kernel/drivers/gpu/drm/drm.ko.xz: kernel/fs/fat/fat.ko.xz
`;

test("modules.dep is read without the endings of compressed modules", () => {
  const dependencies = parseModulesDep(MODULES_DEP);
  expect(dependencies.get("kernel/fs/fat/vfat.ko")).toEqual(["kernel/fs/fat/fat.ko"]);
  expect(dependencies.get("kernel/fs/fat/fat.ko")).toEqual([]);
  expect(dependencies.size).toBe(5);
});

test("a module brings the dependencies of its dependencies", () => {
  expect(withDependencies(["kernel/drivers/gpu/drm/amd/amdgpu.ko"], parseModulesDep(MODULES_DEP))).toEqual([
    "kernel/drivers/gpu/drm/amd/amdgpu.ko",
    "kernel/drivers/gpu/drm/drm.ko",
    "kernel/drivers/hwmon/hwmon.ko",
    "kernel/fs/fat/fat.ko",
  ]);
});

test("modules that need each other do not loop", () => {
  const circle = new Map([
    ["a", ["b"]],
    ["b", ["a"]],
  ]);
  expect(withDependencies(["a"], circle)).toEqual(["a", "b"]);
});

test("a root with two kernels is refused", async () => {
  const root = await mkdtemp(join(tmpdir(), "lifeboat-trim-"));
  for (const version of ["6.1", "6.12"]) await mkdir(join(root, "usr/lib/modules", version), { recursive: true });
  await expect(kernelVersion(root)).rejects.toThrow("6.12");
});
