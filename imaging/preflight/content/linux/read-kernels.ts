import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { compareVersions, type MenuEntry, readBootMenu } from "#imaging/preflight/content/linux/boot-menu.ts";
import { findDrivers } from "#imaging/preflight/content/linux/find-drivers.ts";
import { readKernelImage } from "#imaging/preflight/content/linux/kernel-image.ts";
import { readKernelModules } from "#imaging/preflight/content/linux/kernel-modules.ts";
import type { DeviceQuestion, KernelContent } from "#imaging/preflight/content/linux/linux-content.ts";
import { type InitramfsRead, readInitramfsFacts } from "#imaging/preflight/content/linux/read-initramfs-facts.ts";

/** When it cannot be told which starts, all are looked at, and an initramfs takes a second or more. */
const MOST_KERNELS = 4;

export interface FoundKernels {
  readonly kernels: readonly KernelContent[];
  readonly defaultKernel: number | undefined;
}

/** The kernels that a system starts, the one that starts by itself first. */
export async function readKernels(
  system: InstalledSystem,
  tree: SystemTree,
  devices: readonly DeviceQuestion[],
  signal?: AbortSignal,
): Promise<FoundKernels> {
  const find = fileFinder(system, tree);
  const menu = await readBootMenu(tree, bootFolders(system));
  const inMenu: { path: string; entry: MenuEntry }[] = [];
  for (const entry of menu.entries) {
    const path = await find(entry.kernel);
    if (path !== undefined && !inMenu.some((one) => one.path === path)) inMenu.push({ path, entry });
  }
  const isSure = menu.firstIsDefault && inMenu[0]?.entry === menu.entries[0];
  const wanted = inMenu.length > 0 ? inMenu.slice(0, isSure ? 1 : MOST_KERNELS) : await scanned(system, tree);
  const kernels: KernelContent[] = [];
  for (const { path, entry } of wanted) {
    signal?.throwIfAborted();
    kernels.push(await readKernel(tree, { path, entry, find, devices, signal }));
  }
  return { kernels, defaultKernel: isSure || kernels.length === 1 ? 0 : undefined };
}

/** Folders of the system that are boot volumes: /boot, and what firmware reads. */
export const bootFolders = ({ mounts }: InstalledSystem): string[] => [
  ...new Set(["/boot", ...mounts.filter(({ volume }) => volume.filesystem === "vfat").map(({ folder }) => folder)]),
];

type FindFile = (path: string) => Promise<string | undefined>;

/** A boot loader's path begins at a volume, of which it does not say which: the root, /boot, or an EFI system partition. */
function fileFinder(system: InstalledSystem, tree: SystemTree): FindFile {
  const subvolumes = system.mounts.flatMap(({ folder, subvolume }) =>
    subvolume ? [{ folder, start: `/${subvolume}/` }] : [],
  );
  const folders = ["", ...bootFolders(system)];
  return async (path) => {
    const below = path.startsWith("/") ? path : `/${path}`;
    const inSubvolumes = subvolumes
      .filter(({ start }) => below.startsWith(start))
      .map(({ folder, start }) => `${folder === "/" ? "" : folder}/${below.slice(start.length)}`);
    for (const place of [...folders.map((folder) => folder + below), ...inSubvolumes])
      if ((await tree.kind(place)) === "file") return await tree.real(place);
    return undefined;
  };
}

interface KernelPlace {
  readonly path: string;
  readonly entry: MenuEntry;
  readonly find: FindFile;
  readonly devices: readonly DeviceQuestion[];
  readonly signal: AbortSignal | undefined;
}

async function readKernel(
  tree: SystemTree,
  { path, entry, find, devices, signal }: KernelPlace,
): Promise<KernelContent> {
  const image = readKernelImage((await tree.read(path)) ?? Buffer.alloc(0));
  const version = image.version ?? /(\d+\.\d+.*)$/.exec(path)?.[1]?.replace(/\.(efi|img)$/, "") ?? path;
  const modules = await readKernelModules(tree, version);
  const paths: string[] = [];
  let missingInitramfs: string | undefined;
  for (const initrd of entry.initrds) {
    const found = await find(initrd);
    if (found === undefined) missingInitramfs = initrd;
    else paths.push(found);
  }
  const [first, ...rest] = paths;
  const initramfs: InitramfsRead | undefined =
    first === undefined ? undefined : await readInitramfsFacts(tree, [first, ...rest], version, signal);
  const { architecture, signers, hash } = image;
  return {
    ...{ version, path, architecture, signers, hash, missingInitramfs, options: entry.options },
    initramfs: initramfs?.facts,
    hasModules: modules !== undefined,
    devices: modules ? devices.map((question) => findDrivers(modules, initramfs?.modules ?? new Set(), question)) : [],
  };
}

/** Kernels by their names, the newest first, where there is no menu that can be read (syslinux, LILO, rEFInd). */
async function scanned(system: InstalledSystem, tree: SystemTree): Promise<{ path: string; entry: MenuEntry }[]> {
  const found: { path: string; entry: MenuEntry }[] = [];
  for (const folder of bootFolders(system)) {
    const names = await tree.list(folder);
    for (const name of names
      .filter((one) => /^(vmlinuz|vmlinux|bzImage|Image)/.test(one))
      .sort((a, b) => compareVersions(b, a))) {
      const [, rest = ""] = /^[a-zA-Z]+-?(.*)$/.exec(name) ?? [];
      const its = [`initrd.img-${rest}`, `initramfs-${rest}.img`, `initrd-${rest}`];
      const initrds = names.filter((one) => its.includes(one)).slice(0, 1);
      const path = await tree.real(`${folder}/${name}`);
      if (!found.some((one) => one.path === path))
        found.push({ path, entry: { kernel: path, initrds: initrds.map((one) => `${folder}/${one}`), options: "" } });
    }
  }
  return found.slice(0, MOST_KERNELS);
}
