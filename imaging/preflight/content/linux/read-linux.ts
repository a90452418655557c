import { containersOf, grubFolder, mountOf } from "#imaging/boot/grub/grub-place.ts";
import { grubSkill } from "#imaging/boot/grub/open-luks.ts";
import type { InstalledSystem, InstalledVolume } from "#imaging/installed/installed-system.ts";
import { type SystemTree, systemTree } from "#imaging/installed/system-tree.ts";
import { elfArchitecture } from "#imaging/preflight/content/linux/kernel-image.ts";
import type { DeviceQuestion, LinuxContent, MountReference } from "#imaging/preflight/content/linux/linux-content.ts";
import { readInterfaces } from "#imaging/preflight/content/linux/read-interfaces.ts";
import { readKernels } from "#imaging/preflight/content/linux/read-kernels.ts";
import { readText } from "#imaging/preflight/content/read-text.ts";

/** Programs that every system has. */
const PROGRAMS = ["/sbin/init", "/bin/sh", "/usr/bin/env", "/bin/busybox"];
/** In the order in which they are asked for: Debian's own knows best where Debian has dracut too. */
const INITRAMFS_TOOLS = ["update-initramfs", "dracut", "mkinitcpio", "mkinitrd", "booster", "mkinitfs"];
const PROGRAM_FOLDERS = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
/** Debian and Arch; Fedora; SUSE; and what grub-install left in the boot folder. */
const PLATFORM_FOLDERS = ["/usr/lib/grub", "/usr/lib/grub2", "/usr/share/grub2", "/boot/grub", "/boot/grub2"];

/** What a Linux system has for a machine's devices. Only reads. */
export async function readLinux(
  system: InstalledSystem,
  tree: SystemTree,
  devices: readonly DeviceQuestion[],
  signal?: AbortSignal,
): Promise<LinuxContent> {
  const release = (await readText(tree, "/etc/os-release")) ?? (await readText(tree, "/usr/lib/os-release")) ?? "";
  const root = system.mounts.find(({ folder }) => folder === "/");
  const { kernels, defaultKernel } = await readKernels(system, tree, devices, signal);
  return {
    kind: "linux",
    name: system.name,
    partition: root?.volume.partition ?? 0,
    inside: root?.volume.inside ?? [],
    distribution: releaseValue(release, "ID"),
    versionId: releaseValue(release, "VERSION_ID"),
    architecture: await architectureOf(tree),
    kernels,
    defaultKernel,
    initramfsTool: await firstProgram(tree),
    references: [...mountReferences((await readText(tree, "/etc/fstab")) ?? ""), ...rootReferences(kernels)].map(
      (one) => ({
        ...one,
        isFound: isFound(one.device, system.volumes),
      }),
    ),
    missing: system.missing,
    unlocksByTpm: /^[^#\n]*\stpm2-device=|^[^#\n]*,tpm2-device=/m.test((await readText(tree, "/etc/crypttab")) ?? ""),
    interfaces: await readInterfaces(tree),
    grubInLuks: await grubInLuks(system, tree),
    grubPlatforms: await platforms(tree),
  };
}

async function grubInLuks(system: InstalledSystem, tree: SystemTree): Promise<LinuxContent["grubInLuks"]> {
  const folder = await grubFolder(tree);
  const volume = mountOf(system, folder)?.volume;
  if (!volume || (await tree.kind(`${folder}/grub.cfg`)) !== "file") return undefined;
  if (containersOf(system, volume)[0]?.kind !== "luks") return undefined;
  const programs: Uint8Array[] = [];
  for (const esp of system.efi) programs.push(...(await grubPrograms(systemTree(esp.root, { ignoreCase: true }))));
  return { partition: volume.partition, ...(await grubSkill(tree, programs)) };
}

const MOST_FOLDERS = 50;

async function grubPrograms(esp: SystemTree): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const folder of (await esp.list("/EFI")).slice(0, MOST_FOLDERS))
    for (const name of (await esp.list(`/EFI/${folder}`)).filter((one) => /^(grub|boot)\w*\.efi$/i.test(one))) {
      const bytes = await esp.read(`/EFI/${folder}/${name}`);
      if (bytes) found.push(bytes);
    }
  return found;
}

const releaseValue = (release: string, key: string): string =>
  new RegExp(`^${key}=["']?([^"'\\n]*)`, "m").exec(release)?.[1]?.trim() ?? "";

async function architectureOf(tree: SystemTree): Promise<string | undefined> {
  for (const path of PROGRAMS) {
    const bytes = await tree.read(path);
    const architecture = bytes && elfArchitecture(bytes);
    if (architecture !== undefined) return architecture;
  }
  return undefined;
}

async function firstProgram(tree: SystemTree): Promise<string | undefined> {
  for (const name of INITRAMFS_TOOLS)
    for (const folder of PROGRAM_FOLDERS) if ((await tree.kind(`${folder}/${name}`)) === "file") return name;
  return undefined;
}

async function platforms(tree: SystemTree): Promise<string[]> {
  const names = new Set<string>();
  for (const folder of PLATFORM_FOLDERS)
    for (const name of await tree.list(folder)) {
      const isPlatform = /^[a-z0-9_]+-(pc|efi)$/.test(name);
      if (isPlatform && (await tree.kind(`${folder}/${name}/kernel.img`)) === "file") names.add(name);
      // Whole programs, with their signatures; shim comes in a package of its own.
      if (/^[a-z0-9_]+-efi-signed$/.test(name)) names.add(name);
    }
  return [...names].sort();
}

/** fstab(5): what is mounted at a start, and swap space. */
export function mountReferences(text: string): Omit<MountReference, "isFound">[] {
  return text.split("\n").flatMap((line) => {
    const [device = "", folder = "", type = "", options = ""] = line.trim().split(/\s+/);
    if (device === "" || device.startsWith("#") || folder === "") return [];
    if (!/^(\/dev\/|[A-Z]+=)/.test(device)) return []; // tmpfs, shares
    const isOptional = type === "swap" || /(^|,)(nofail|noauto|x-systemd\.automount)(,|$)/.test(options);
    return [{ folder: type === "swap" ? "swap" : folder, device: device.replace(/["']/g, ""), isOptional }];
  });
}

const rootReferences = (kernels: LinuxContent["kernels"]): Omit<MountReference, "isFound">[] =>
  kernels.flatMap(({ options }) => {
    const [, device] = /(?:^|\s)root=(\S+)/.exec(options) ?? [];
    return device === undefined ? [] : [{ folder: "root=", device, isOptional: false }];
  });

/** By what a volume itself says; other names depend on the machine, or on LVM. */
function isFound(device: string, volumes: readonly InstalledVolume[]): boolean | undefined {
  const [, tag, value = ""] =
    /^(?:\/dev\/disk\/by-)?(UUID|LABEL|PARTUUID|PARTLABEL|uuid|label|partuuid|partlabel)[=/](.+)$/.exec(device) ?? [];
  const wanted = value.toLowerCase();
  const same = (text: string | undefined) => text !== undefined && text.toLowerCase() === wanted;
  switch (tag?.toLowerCase()) {
    case "uuid":
      return volumes.some(({ uuid }) => same(uuid));
    case "label":
      return volumes.some(({ label }) => same(label));
    case "partuuid":
      return volumes.some(({ partitionUuid }) => same(partitionUuid));
    case "partlabel":
      return volumes.some(({ partitionName }) => same(partitionName));
    default:
      return undefined;
  }
}
