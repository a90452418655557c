import { loaderOf } from "#imaging/boot/efi/loader-kind.ts";
import { type EfiArchitecture, readPe } from "#imaging/boot/efi/pe-file.ts";
import { shellSettings } from "#imaging/boot/grub/shell-settings.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";

/** What a distribution puts on an EFI system partition, as its packages brought it. */
export interface SignedLoaders {
  /** Name of its folder in EFI. */
  readonly home: string;
  /** Whether this GRUB looks for its configuration in that folder, wherever it was started from. */
  readonly looksAtHome: boolean;
  /** Shim, which firmware starts under Secure Boot, and what it starts. */
  readonly shim: Uint8Array;
  readonly grub: Uint8Array;
  /** MokManager. */
  readonly manager: Uint8Array | undefined;
  /** Where they were found, in plain words. */
  readonly from: string;
}

/** Debian and Ubuntu; SUSE; Fedora, where packages keep copies outside of /boot/efi. An asterisk is any one folder. */
const PLACES = (architecture: "x64" | "aa64") => {
  const [platform, suse] = architecture === "x64" ? ["x86_64-efi", "x86_64"] : ["arm64-efi", "aarch64"];
  const fedora = ["/usr/lib/efi/*/*/EFI/*", "/usr/lib/bootupd/updates/EFI/*"];
  return {
    shim: [
      ...["signed.latest", "signed", "dualsigned"].map((end) => `/usr/lib/shim/shim${architecture}.efi.${end}`),
      ...[`/usr/share/efi/${suse}/shim.efi`, "/usr/lib64/efi/shim.efi"],
      ...fedora.map((folder) => `${folder}/shim${architecture}.efi`),
    ],
    grub: [
      `/usr/lib/grub/${platform}-signed/grub${architecture}.efi.signed`,
      ...[`/usr/share/efi/${suse}/grub.efi`, `/usr/share/grub2/${platform}/grub.efi`, "/usr/lib64/efi/grub.efi"],
      ...fedora.map((folder) => `${folder}/grub${architecture}.efi`),
    ],
    manager: [
      ...[`/usr/lib/shim/mm${architecture}.efi.signed`, `/usr/lib/shim/mm${architecture}.efi`],
      ...[`/usr/share/efi/${suse}/MokManager.efi`, "/usr/lib64/efi/MokManager.efi"],
      ...fedora.map((folder) => `${folder}/mm${architecture}.efi`),
    ],
  };
};

/** Undefined when the system has not both of shim and GRUB, for this kind of machine, among its files. */
export async function signedLoaders(
  tree: SystemTree,
  architecture: EfiArchitecture,
): Promise<SignedLoaders | undefined> {
  if (architecture !== "x64" && architecture !== "aa64") return undefined;
  const places = PLACES(architecture);
  const shim = await firstOf(tree, places.shim, architecture);
  const grub = await firstOf(tree, places.grub, architecture);
  if (!shim || !grub) return undefined;
  const manager = await firstOf(tree, places.manager, architecture);
  const built = loaderOf(grub.bytes)?.home;
  const home = built ?? (await distributionFolder(tree));
  const looksAtHome = built !== undefined;
  return { home, looksAtHome, shim: shim.bytes, grub: grub.bytes, manager: manager?.bytes, from: shim.path };
}

async function firstOf(
  tree: SystemTree,
  patterns: readonly string[],
  architecture: EfiArchitecture,
): Promise<{ path: string; bytes: Uint8Array } | undefined> {
  for (const pattern of patterns)
    for (const path of await expanded(tree, pattern)) {
      const bytes = await tree.read(path);
      if (bytes && readPe(bytes)?.architecture === architecture) return { path, bytes };
    }
  return undefined;
}

async function expanded(tree: SystemTree, pattern: string): Promise<string[]> {
  let paths = [""];
  for (const name of pattern.split("/").slice(1)) {
    const next: string[] = [];
    for (const path of paths)
      if (name === "*") for (const one of (await tree.list(path)).toReversed()) next.push(`${path}/${one}`);
      else next.push(`${path}/${name}`);
    paths = next.slice(0, 100);
  }
  return paths;
}

/** What each calls its folder where that is not the ID in os-release(5). */
const FOLDERS: Readonly<Record<string, string>> = {
  rhel: "redhat",
  sles: "sles",
  sled: "sled",
  "opensuse-leap": "opensuse",
  "opensuse-tumbleweed": "opensuse",
  linuxmint: "ubuntu",
  pop: "pop",
};

/** The folder of a distribution in EFI. */
export async function distributionFolder(tree: SystemTree): Promise<string> {
  const release = (await tree.text("/etc/os-release")) ?? (await tree.text("/usr/lib/os-release")) ?? "";
  const id = (shellSettings(release)["ID"] ?? "").toLowerCase();
  return FOLDERS[id] ?? (/^[a-z0-9][a-z0-9._-]{0,30}$/.test(id) ? id : "linux");
}
