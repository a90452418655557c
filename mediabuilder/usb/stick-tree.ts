import { copyFile, link, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { MEDIUM_INFO_FILE, serialiseMediumInfo } from "#base/medium-info.ts";
import type { BuiltParts } from "../build-parts.ts";
import { EFI_LOADERS } from "../iso/efi-image.ts";
import { mediumInfo } from "../medium-info.ts";
import { bytesOfTree } from "./boot-tree.ts";
import { makeBiosGrub } from "./grub-core.ts";
import type { StickSystem } from "./stick-work.ts";

export interface StickTree {
  readonly system: StickSystem;
  /** The folder whose content goes onto the boot partition. */
  readonly tree: string;
}

/**
 * Lays out what a stick's boot partition holds: the same files at the same places as on the ISO, and the boot loaders beside them.
 * @param folder is filled; it must lie on the file system of the parts, which are linked and not copied
 */
export async function stickTree(
  parts: BuiltParts,
  { folder, menu, version }: { readonly folder: string; readonly menu: string; readonly version: string },
): Promise<StickTree> {
  const tree = join(folder, "tree");
  for (const sub of ["EFI/BOOT", "boot/grub", "live", ".disk"]) await mkdir(join(tree, sub), { recursive: true });
  for (const [from, to] of Object.entries(EFI_LOADERS))
    await copyFile(join(parts.root, from), join(tree, "EFI/BOOT", to));
  for (const { path } of parts.layers) await link(path, join(tree, "live", basename(path)));
  for (const { path } of parts.documents) await link(path, join(tree, ".disk", basename(path)));
  await link(parts.kernel.path, join(tree, "boot/vmlinuz"));
  await link(parts.initramfs.path, join(tree, "boot/initrd.img"));
  const info = await mediumInfo(parts, { version, menu });
  // The initramfs recognises its medium by /.disk/lifeboat. By /.disk/info Debian's signed GRUB does, where firmware does not say what it
  // was loaded from.
  await writeFile(join(tree, ".disk/info"), "Lifeboat\n");
  await writeFile(join(tree, ".disk/lifeboat"), `${parts.id}\n`);
  await writeFile(join(tree, MEDIUM_INFO_FILE), serialiseMediumInfo(info));
  await writeFile(join(tree, "boot/grub/grub.cfg"), menu);
  const grub = await makeBiosGrub(parts.root, join(folder, "core.img"));
  return { tree, system: { info, bytes: await bytesOfTree(tree), grub } };
}
