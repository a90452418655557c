import { copyFile, mkdir, readdir, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SOURCE_DATE_EPOCH } from "../recipe.ts";
import { runTool } from "../tool.ts";

/** Debian's signed chain: the firmware trusts shim, shim trusts GRUB, GRUB trusts the kernel. Names as the firmware and shim expect them. */
export const EFI_LOADERS: Readonly<Record<string, string>> = {
  "usr/lib/shim/shimx64.efi.signed": "BOOTX64.EFI",
  "usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed": "grubx64.efi",
  "usr/lib/shim/mmx64.efi.signed": "mmx64.efi",
};

const MIB = 1024 * 1024;
const VOLUME_SERIAL = "1FEB0A70";

/**
 * The EFI system partition of the ISO: a small FAT file system with the signed loaders in \EFI\BOOT.
 * @param start the menu that GRUB reads first: it leads to the one on the ISO. Debian's signed GRUB looks for it in /boot/grub of the volume
 * that it was loaded from.
 */
export async function writeEfiImage(root: string, out: string, start: string, scratch: string): Promise<void> {
  const tree = join(scratch, "efi");
  const [loaders, menu] = [join(tree, "EFI/BOOT"), join(tree, "boot/grub")];
  for (const folder of [loaders, menu]) await mkdir(folder, { recursive: true });
  let bytes = 0;
  for (const [from, to] of Object.entries(EFI_LOADERS)) {
    await copyFile(join(root, from), join(loaders, to));
    bytes += (await stat(join(loaders, to))).size;
  }
  await writeFile(join(menu, "grub.cfg"), start);
  // The deepest first: what is made in a folder dates it.
  for (const path of (await readdir(tree, { recursive: true })).sort().reverse())
    await utimes(join(tree, path), SOURCE_DATE_EPOCH, SOURCE_DATE_EPOCH);
  await writeFile(out, "");
  await truncate(out, (Math.ceil(bytes / MIB) + 1) * MIB);
  const env = { SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH), MTOOLS_SKIP_CHECK: "1" };
  await runTool("mkfs.vfat", ["--invariant", "-n", "LB_EFI", "-i", VOLUME_SERIAL, out], {
    purpose: "make the EFI system partition",
    env,
  });
  await runTool("mcopy", ["-s", "-m", "-i", out, join(tree, "EFI"), join(tree, "boot"), "::"], {
    purpose: "fill the EFI system partition",
    env,
  });
}
