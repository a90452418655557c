import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { type SystemTree, systemTree } from "#imaging/installed/system-tree.ts";
import { readPe } from "#imaging/preflight/content/boot/pe-image.ts";

/** A program of an EFI system partition that firmware, or another one of them, starts. */
export interface EfiLoader {
  readonly partition: number;
  /** As it is written there, with slashes: "EFI/BOOT/BOOTX64.EFI". */
  readonly path: string;
  readonly kind: EfiLoaderKind;
  readonly architecture: string | undefined;
  /** Common names in its signatures; undefined when it has none, or one that is of other bytes. */
  readonly signers: readonly string[] | undefined;
  readonly hash: string;
  readonly sbat: Readonly<Record<string, number>>;
  /** Of shim: common names of who else it accepts. */
  readonly vendors: readonly string[];
}

export type EfiLoaderKind = "shim" | "grub" | "systemd-boot" | "windows" | "refind" | "kernel" | "other";

/** EFI/VENDOR/x.efi, EFI/Microsoft/Boot/x.efi, and kernels of systemd-boot in EFI/Linux. */
const DEEPEST = 3;
const MOST_LOADERS = 200;
const MOST_NAMES = 10_000;

/** All of them, in the order of partitions and names. */
export async function readEfiLoaders(efi: InstalledSystem["efi"]): Promise<EfiLoader[]> {
  const loaders: EfiLoader[] = [];
  for (const { root, volume } of efi) {
    const tree = systemTree(root, { ignoreCase: true });
    for (const path of await programs(tree, "EFI")) {
      if (loaders.length === MOST_LOADERS) return loaders;
      const bytes = await tree.read(path);
      const pe = bytes && readPe(bytes);
      if (!pe) continue;
      const { architecture, hash, sbat, vendors } = pe;
      const signers = pe.isIntact ? pe.signers : undefined;
      const kind = kindOf(path, bytes, Object.keys(sbat));
      loaders.push({ partition: volume.partition, path, kind, architecture, signers, hash, sbat, vendors });
    }
  }
  return loaders;
}

/** EFI/VENDOR/grub.cfg */
export async function findGrubConfigs(efi: InstalledSystem["efi"]): Promise<{ partition: number; path: string }[]> {
  const found: { partition: number; path: string }[] = [];
  for (const { root, volume } of efi) {
    const tree = systemTree(root, { ignoreCase: true });
    for (const name of (await tree.list("EFI")).slice(0, MOST_LOADERS)) {
      const path = `EFI/${name}/grub.cfg`;
      if ((await tree.kind(path)) === "file") found.push({ partition: volume.partition, path });
    }
  }
  return found;
}

async function programs(tree: SystemTree, folder: string, depth = 1): Promise<string[]> {
  const found: string[] = [];
  for (const name of (await tree.list(folder)).slice(0, MOST_NAMES)) {
    const path = `${folder}/${name}`;
    if (/\.efi$/i.test(name)) found.push(path);
    else if (depth < DEEPEST && (await tree.kind(path)) === "folder")
      found.push(...(await programs(tree, path, depth + 1)));
  }
  return found;
}

/** What its name does not tell (at the path for removable media all have the same) stands in it. */
function kindOf(path: string, bytes: Buffer, components: readonly string[]): EfiLoaderKind {
  if (components.includes("shim")) return /\/mm\w+\.efi$|\/fb\w+\.efi$/i.test(path) ? "other" : "shim";
  if (components.includes("grub")) return "grub";
  if (components.includes("systemd-boot") || bytes.includes("#### LoaderInfo: systemd-boot")) return "systemd-boot";
  if (/\/bootmgfw\.efi$/i.test(path) || bytes.includes(Buffer.from("bootmgfw.pdb"))) return "windows";
  if (components.includes("refind") || bytes.includes("rEFInd")) return "refind";
  if (bytes.includes("Linux kernel") || bytes.toString("latin1", 0x202, 0x206) === "HdrS") return "kernel";
  if (/\/shim\w+\.efi$/i.test(path)) return "shim";
  if (/\/grub\w*\.efi$/i.test(path) || bytes.includes("grub_efi_")) return "grub";
  return "other";
}
