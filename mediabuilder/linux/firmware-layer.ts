import { glob, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { HardwareClass } from "../config/media-config.ts";
import { readList } from "../recipe.ts";
import { declaredFirmware } from "./initramfs.ts";

const LISTS: Readonly<Record<HardwareClass, readonly string[]>> = {
  any: ["packages-firmware-server.txt", "packages-firmware-pc.txt"],
  server: ["packages-firmware-server.txt"],
  pc: ["packages-firmware-pc.txt"],
  virtual: [],
};

/** Debian's packages with the firmware that a class of computers needs; none for virtual machines. */
export async function firmwarePackages(hardware: HardwareClass): Promise<string[]> {
  const lists = await Promise.all(LISTS[hardware].map(readList));
  return [...new Set(lists.flat())].sort();
}

/** Intel's Wi-Fi: one file for each version of the interface between driver and card, "iwlwifi-cc-a0-77.ucode". */
const VERSIONED = /^(iwlwifi-.+)-(\d+)\.ucode$/;

/**
 * Files that their driver never asks for, because a better one is there: it begins with the highest version that it knows, which it
 * declares, and takes the first that it finds (linux: drivers/net/wireless/intel/iwlwifi/iwl-drv.c).
 * @param files names in /lib/firmware. @param declared names that the kernel's modules declare
 */
export function supersededFirmware(files: readonly string[], declared: readonly string[]): string[] {
  const known = versions(declared);
  const highest = Math.max(0, ...[...known.values()].flat());
  return [...versions(files)].flatMap(([family, present]) => {
    const limit = Math.max(0, ...(known.get(family) ?? [])) || highest;
    const usable = present.filter((version) => version <= limit);
    const best = usable.length > 0 ? Math.max(...usable) : Math.min(...present);
    return present.filter((version) => version !== best).map((version) => `${family}-${version}.ucode`);
  });
}

/** By family, the versions of which there is a file. */
function versions(files: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const file of files) {
    const [, family, version] = VERSIONED.exec(file) ?? [];
    if (family !== undefined) found.set(family, [...(found.get(family) ?? []), Number(version)]);
  }
  return found;
}

/** Removes superseded files from the firmware in a layer's tree, by the modules in it. */
export async function trimVersions(tree: string): Promise<void> {
  const folder = join(tree, "usr/lib/firmware");
  const declared: string[] = [];
  for await (const path of glob("usr/lib/modules/*/kernel/drivers/net/wireless/intel/**/*.ko", { cwd: tree }))
    declared.push(...declaredFirmware(await readFile(join(tree, path))));
  for (const name of supersededFirmware(await readdir(folder), declared)) await rm(join(folder, name));
}
