import { expect, test } from "vitest";
import { findEfiLoaders, knownLoader, startupScript } from "#imaging/prove/prepare/efi-loaders.ts";
import type { VolumeFiles } from "#imaging/prove/prepare/volume-files.ts";

/** A volume of nothing but names. */
function volume(paths: readonly string[]): VolumeFiles {
  const below = (folder: string) => {
    const start = folder === "" ? "" : `${folder}/`;
    return paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  };
  return {
    list: async (folder, ending) =>
      below(folder).filter((path) => !path.includes("/") && path.toLowerCase().endsWith(ending)),
    folders: async (folder) => [
      ...new Set(below(folder).flatMap((path) => (path.includes("/") ? [path.split("/")[0] ?? ""] : []))),
    ],
    read: async () => undefined,
    write: async () => {},
    link: async () => {},
  };
}

test.each([
  [["EFI/BOOT/BOOTX64.EFI", "EFI/debian/shimx64.efi"], true, "EFI/debian/shimx64.efi"],
  [["efi/boot/bootx64.efi"], true, undefined],
  [["EFI/Microsoft/Boot/bootmgfw.efi", "EFI/Microsoft/Boot/memtest.efi"], false, "EFI/Microsoft/Boot/bootmgfw.efi"],
  [["EFI/ubuntu/grubx64.efi", "EFI/ubuntu/shimx64.efi"], false, "EFI/ubuntu/shimx64.efi"],
  [["EFI/Linux/arch-linux.efi"], false, "EFI/Linux/arch-linux.efi"],
  [["EFI/BOOT/BOOTAA64.EFI"], false, undefined],
  [["loader/loader.conf"], false, undefined],
])("%s", async (paths, hasFallback, known) => {
  const found = await findEfiLoaders(volume(paths));
  expect(found.hasFallback).toBe(hasFallback);
  expect(knownLoader(found.paths)).toBe(known);
});

test("the script starts a loader wherever its volume is", () => {
  expect(startupScript("EFI/debian/shimx64.efi")).toContain("if exist fs%i:\\EFI\\debian\\shimx64.efi then\r\n");
});
