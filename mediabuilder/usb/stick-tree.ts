import { copyFile, link, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { MEDIUM_INFO_FILE, type MediumInfo, serialiseMediumInfo } from "#base/medium-info.ts";
import type { BuiltParts } from "../build-parts.ts";
import { EFI_LOADERS } from "../iso/efi-image.ts";
import { hashInputs } from "../stage.ts";
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
  const loaders = Object.entries(EFI_LOADERS);
  for (const [from, to] of loaders) await copyFile(join(parts.root, from), join(tree, "EFI/BOOT", to));
  for (const { path } of parts.layers) await link(path, join(tree, "live", basename(path)));
  for (const { path } of parts.documents) await link(path, join(tree, ".disk", basename(path)));
  await link(parts.kernel.path, join(tree, "boot/vmlinuz"));
  await link(parts.initramfs.path, join(tree, "boot/initrd.img"));
  const signed = await Promise.all(loaders.map(([, to]) => readFile(join(tree, "EFI/BOOT", to))));
  const info = await mediumInfo(parts, { version, besides: [menu, ...signed] });
  // Debian's signed GRUB recognises its medium by /.disk/info, the initramfs by /.disk/lifeboat.
  await writeFile(join(tree, ".disk/info"), "Lifeboat\n");
  await writeFile(join(tree, ".disk/lifeboat"), `${parts.id}\n`);
  await writeFile(join(tree, MEDIUM_INFO_FILE), serialiseMediumInfo(info));
  await writeFile(join(tree, "boot/grub/grub.cfg"), menu);
  const grub = await makeBiosGrub(parts.root, join(folder, "core.img"));
  return { tree, system: { info, bytes: await bytesOfTree(tree), grub } };
}

/**
 * Its packages are of the day on which the root was made: the list of them was written then.
 * @param besides what is on the medium besides its parts: another boot menu is another medium
 */
export async function mediumInfo(
  { id, root }: Pick<BuiltParts, "id" | "root">,
  { version, besides }: { readonly version: string; readonly besides: readonly (string | Uint8Array)[] },
): Promise<MediumInfo> {
  const { mtime } = await stat(join(root, "packages.txt"));
  return { format: 1, id: hashInputs([id, ...besides]), version, packagesAt: mtime.toISOString() };
}
