import { constants, copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { BuiltParts } from "../build-parts.ts";
import { writeBiosNetboot } from "./bios-netboot.ts";

/** Debian's signed chain, under the names by which firmware and shim ask a server for them. */
const LOADERS: Readonly<Record<string, string>> = {
  "usr/lib/shim/shimx64.efi.signed": "bootx64.efi",
  "usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed": "grubx64.efi",
  "usr/lib/shim/mmx64.efi.signed": "mmx64.efi",
};

/** iPXE, for networks that have its scripts; not signed, so not for Secure Boot. */
const IPXE: Readonly<Record<string, string>> = {
  "usr/lib/ipxe/undionly.kpxe": "undionly.kpxe",
  "usr/lib/ipxe/snponly.efi": "snponly.efi",
};

/** GRUB for BIOS. */
export const BIOS_LOADER = "bios.0";

export interface PxeContents {
  readonly parts: BuiltParts;
  /** The stage with iPXE. */
  readonly netboot: string;
  readonly grubConfig: string;
  readonly ipxeScript: string;
  /** Further files, by their names. */
  readonly documents: Readonly<Record<string, string>>;
}

/** Fills an empty folder with all that computers ask a server for when they start from the network. Returns the files' paths in it. */
export async function writePxeSet(contents: PxeContents, folder: string, scratch: string): Promise<string[]> {
  const { parts } = contents;
  const copies = [
    ...Object.entries(LOADERS).map(([from, to]) => [join(parts.root, from), to] as const),
    ...Object.entries(IPXE).map(([from, to]) => [join(contents.netboot, "root", from), to] as const),
    ...parts.documents.map(({ path }) => [path, basename(path)] as const),
    [parts.kernel.path, "vmlinuz"] as const,
    [parts.initramfs.path, "initrd.img"] as const,
    ...parts.layers.map(({ path, file }) => [path, join("live", file)] as const),
  ];
  const texts = Object.entries({
    ...contents.documents,
    "grub/grub.cfg": contents.grubConfig,
    "boot.ipxe": contents.ipxeScript,
  });
  for (const name of ["live", "grub"]) await mkdir(join(folder, name), { recursive: true });
  for (const [from, to] of copies) await copyFile(from, join(folder, to), constants.COPYFILE_FICLONE);
  for (const [name, text] of texts) await writeFile(join(folder, name), text);
  await writeBiosNetboot(parts.root, join(folder, BIOS_LOADER), scratch);
  return [...copies.map(([, to]) => to), ...texts.map(([name]) => name), BIOS_LOADER].sort();
}
