import type { Sentence } from "#base/sentence.ts";
import type { Draft } from "#imaging/installed/draft.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { bootFolders } from "#imaging/universal/linux/boot-files.ts";

/** A kernel that is installed with its modules. */
export interface InstalledKernel {
  /** As uname(1) says it: "6.12.0-1-amd64". */
  readonly version: string;
  /** Names of its modules with underscores: those that can be loaded, and those that are part of the kernel. */
  readonly loadable: ReadonlySet<string>;
  readonly builtin: ReadonlySet<string>;
  /** Path of its initramfs; undefined when it has none by any name that we know. */
  readonly initramfs: string | undefined;
  /** Path of the kernel itself. */
  readonly image: string | undefined;
}

/** A kernel whose initramfs is made anew, and what is said of that. */
export interface RebuiltKernel {
  readonly kernel: InstalledKernel;
  readonly why: Sentence;
}

const MODULES = "/lib/modules";

/** "kernel/drivers/nvme/host/nvme-core.ko.xz" is nvme_core; undefined for what is no module. */
export function moduleName(path: string): string | undefined {
  // From the last slash on: an expression that looks for the start of the name takes the square of the time on a long one.
  const file = path.slice(path.lastIndexOf("/") + 1);
  return /^(.+)\.ko(?:\.(?:gz|xz|zst|bz2|lzma))?$/.exec(file)?.[1]?.replaceAll("-", "_");
}

/** All kernels with modules (kmod: modules.dep(5)), the oldest name first. */
export async function findKernels(system: InstalledSystem, draft: Draft): Promise<InstalledKernel[]> {
  const kernels: InstalledKernel[] = [];
  for (const version of await draft.tree.list(MODULES)) {
    const folder = `${MODULES}/${version}`;
    const dependencies = await draft.text(`${folder}/modules.dep`);
    if (dependencies === undefined) continue; // what a kernel that was removed left behind
    const builtin = (await draft.text(`${folder}/modules.builtin`)) ?? "";
    const names = await imageNames(system, draft, version);
    kernels.push({
      version,
      loadable: namesIn(dependencies.split("\n").map((line) => line.split(":")[0] ?? "")),
      builtin: namesIn(builtin.split("\n")),
      initramfs: await firstOf(draft, names.initramfs),
      image: await firstOf(draft, [...names.image, `${folder}/vmlinuz`]),
    });
  }
  return kernels;
}

const namesIn = (paths: readonly string[]): Set<string> =>
  new Set(paths.flatMap((path) => moduleName(path.trim()) ?? []));

async function firstOf(draft: Draft, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await draft.has(path)) return path;
  return undefined;
}

/**
 * Where distributions put a kernel and its initramfs: Fedora's and SUSE's names, Debian's, Arch's (by the name of the
 * package), and those of the Boot Loader Specification, "Type #1" (a folder by machine-id or entry token).
 */
async function imageNames(system: InstalledSystem, draft: Draft, version: string) {
  const token = (await draft.text("/etc/kernel/entry-token"))?.trim();
  const machine = (await draft.text("/etc/machine-id"))?.trim();
  const base = (await draft.text(`${MODULES}/${version}/pkgbase`))?.trim();
  const initramfs: string[] = [];
  const image: string[] = [];
  for (const folder of bootFolders(system)) {
    const plain = [version, ...(base ? [base] : [])];
    initramfs.push(
      `${folder}/initramfs-${version}.img`,
      `${folder}/initrd.img-${version}`,
      `${folder}/initrd-${version}`,
    );
    if (base) initramfs.push(`${folder}/initramfs-${base}.img`);
    image.push(...plain.map((name) => `${folder}/vmlinuz-${name}`));
    const folders = await draft.tree.list(folder);
    for (const id of folders.filter((name) => /^[0-9a-f]{32}$/.test(name) || name === token || name === machine)) {
      initramfs.push(`${folder}/${id}/${version}/initrd`);
      for (const file of await draft.tree.list(`${folder}/${id}/${version}`))
        if (/^initrd(\.img)?-/.test(file)) initramfs.push(`${folder}/${id}/${version}/${file}`);
      image.push(`${folder}/${id}/${version}/linux`);
    }
  }
  return { initramfs, image };
}
