import { LifeboatError } from "#base/errors.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { partWords } from "#imaging/words/part-words.ts";

/** What firmware starts, as GRUB names its folders. */
export type GrubPlatform = "i386-pc" | "x86_64-efi" | "i386-efi" | "arm64-efi";

/** A folder with GRUB's modules for a platform. */
export interface GrubModules {
  readonly platform: GrubPlatform;
  /** Whose it is: the installed system's, or this machine's. */
  readonly of: "system" | "machine";
  readonly tree: SystemTree;
  /** In that tree. */
  readonly folder: string;
  /** Files in it. */
  readonly names: readonly string[];
}

/** Debian and Arch; Fedora; SUSE; and what grub-install left in the boot folder. */
const FOLDERS = ["/usr/lib/grub", "/usr/lib/grub2", "/usr/share/grub2", "/boot/grub", "/boot/grub2"];

/** Without these no image can be made. */
const NEEDED: Readonly<Record<GrubPlatform, readonly string[]>> = {
  "i386-pc": ["kernel.img", "moddep.lst", "boot.img", "diskboot.img", "lzma_decompress.img"],
  "x86_64-efi": ["kernel.img", "moddep.lst"],
  "i386-efi": ["kernel.img", "moddep.lst"],
  "arm64-efi": ["kernel.img", "moddep.lst"],
};

/**
 * GRUB for a platform: that of the system itself, else this machine's. @param system for the error
 * @throws BOOT_LOADER_MISSING
 */
export async function findModules(
  platform: GrubPlatform,
  { tree, machine, system }: { tree: SystemTree; machine: SystemTree; system: string },
): Promise<GrubModules> {
  const found = (await modulesIn(platform, tree, "system")) ?? (await modulesIn(platform, machine, "machine"));
  if (found) return found;
  const looked = partWords["part.both"]({ folders: FOLDERS.join(", ") });
  throw new LifeboatError("BOOT_LOADER_MISSING", { system, what: `GRUB (${platform})`, looked });
}

async function modulesIn(
  platform: GrubPlatform,
  tree: SystemTree,
  of: GrubModules["of"],
): Promise<GrubModules | undefined> {
  for (const parent of FOLDERS) {
    const folder = `${parent}/${platform}`;
    const names = await tree.list(folder);
    if (NEEDED[platform].every((name) => names.includes(name))) return { platform, of, tree, folder, names };
  }
  return undefined;
}

/** Those of these modules that the folder has not. */
export const lacking = ({ names }: GrubModules, modules: readonly string[]): string[] =>
  modules.filter((name) => !names.includes(`${name}.mod`));
