import { bootCsv } from "#imaging/boot/efi/boot-csv.ts";
import type { Esp, EspLoader } from "#imaging/boot/efi/esp.ts";
import type { EspFile } from "#imaging/boot/efi/esp-files.ts";
import type { EfiArchitecture } from "#imaging/boot/efi/pe-file.ts";
import { distributionFolder, type SignedLoaders, signedLoaders } from "#imaging/boot/efi/signed-loaders.ts";
import { earlyConfig, neededModules, stubConfig } from "#imaging/boot/grub/early-config.ts";
import type { GrubImages } from "#imaging/boot/grub/grub-image.ts";
import { findModules, type GrubModules } from "#imaging/boot/grub/grub-modules.ts";
import type { GrubPlace } from "#imaging/boot/grub/grub-place.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { type EngineWords, say } from "#imaging/words/say.ts";

/** What firmware shall start for a Linux, and the files that it is. */
export interface LinuxLoader {
  /** Folder in EFI. */
  readonly home: string;
  /** First file that firmware starts: "/EFI/debian/shimx64.efi". */
  readonly first: string;
  /** Files in its own folder. */
  readonly files: readonly EspFile[];
  /** The same for the fallback place. */
  readonly fallback: readonly EspFile[];
  /** Whether Secure Boot takes it. */
  readonly isSigned: boolean;
  /** Modules that have to lie beside the menu, where it was built here. */
  readonly modules?: GrubModules;
}

export interface LoaderAsked {
  readonly system: InstalledSystem;
  readonly tree: SystemTree;
  readonly machine: SystemTree;
  readonly esp: Esp;
  readonly place: GrubPlace;
  readonly architecture: EfiArchitecture;
  readonly images: GrubImages;
}

const PLATFORMS = { x64: "x86_64-efi", ia32: "i386-efi", aa64: "arm64-efi" } as const;

export const fallbackName = (architecture: EfiArchitecture): string =>
  `/EFI/BOOT/BOOT${architecture.toUpperCase()}.EFI`;

/**
 * The loader of a Linux that GRUB starts: what its packages brought, signed; else what is whole in its folder on the
 * partition; else an image that is built here of the system's or this machine's GRUB. @throws BOOT_LOADER_MISSING
 */
export async function linuxLoader(asked: LoaderAsked): Promise<LinuxLoader> {
  const signed = (await signedLoaders(asked.tree, asked.architecture)) ?? (await onPartition(asked));
  if (signed) return signedLoader(signed, asked);
  return (await ownBuilt(asked)) ?? (await builtLoader(asked));
}

type Part = Parameters<EngineWords["boot.signed-loader"]>[0]["part"];

function signedLoader(
  { home, looksAtHome, shim, grub, manager, from }: SignedLoaders,
  { architecture, place, system }: LoaderAsked,
): LinuxLoader {
  const file = (folder: string, name: string, content: Uint8Array | string, part: Part): EspFile => ({
    ...{ path: `/EFI/${folder}/${name}`, content },
    ...say("boot.signed-loader", { part, name: system.name, from, path: `EFI/${folder}/${name}` }),
  });
  const pair = (folder: string, first: string) => [
    file(folder, `grub${architecture}.efi`, grub, "grub"),
    ...(manager ? [file(folder, `mm${architecture}.efi`, manager, "manager")] : []),
    file(folder, first, shim, "shim"),
  ];
  const stub = (folder: string) => file(folder, "grub.cfg", stubConfig(place), "line");
  const first = `shim${architecture}.efi`;
  const csv = file(home, `BOOT${architecture.toUpperCase()}.CSV`, bootCsv(first, home), "name");
  return {
    ...{ home, first: `/EFI/${home}/${first}`, isSigned: true },
    files: [stub(home), csv, ...pair(home, first)],
    fallback: [
      ...(looksAtHome ? [stub(home)] : [stub("BOOT")]),
      ...pair("BOOT", `BOOT${architecture.toUpperCase()}.EFI`),
    ],
  };
}

/** Fedora's packages have their files on the partition alone: whole there, they are the ones. */
async function onPartition({ tree, esp, architecture }: LoaderAsked): Promise<SignedLoaders | undefined> {
  const home = await distributionFolder(tree);
  const read = (name: string) => esp.tree.read(`/EFI/${home}/${name}${architecture}.efi`);
  const has = (name: string, kind: string) =>
    esp.loaders.some(
      (one) =>
        isAt(one, `/EFI/${home}/${name}${architecture}.efi`) && one.kind === kind && one.architecture === architecture,
    );
  if (!has("shim", "shim") || !has("grub", "grub")) return undefined;
  const [shim, grub] = [await read("shim"), await read("grub")];
  if (!shim || !grub) return undefined;
  return { home, looksAtHome: false, shim, grub, manager: await read("mm"), from: `EFI/${home}` };
}

export const isAt = (loader: EspLoader, path: string): boolean => loader.path.toLowerCase() === path.toLowerCase();

/** A GRUB that grub-install built, in a folder of whatever name: left as it is while it looks for this system's volume. */
async function ownBuilt(asked: LoaderAsked): Promise<LinuxLoader | undefined> {
  const { esp, architecture, place } = asked;
  for (const { path, kind, architecture: made } of esp.loaders) {
    const [, home = ""] = /^\/EFI\/([^/]+)\/grub[^/]*\.efi$/i.exec(path) ?? [];
    if (kind !== "grub" || made !== architecture || home === "" || /^(BOOT|Microsoft)$/i.test(home)) continue;
    const content = await esp.tree.read(path);
    if (!content || !looksFor(content, place)) continue;
    return {
      home,
      first: path,
      files: [],
      fallback: [{ path: fallbackName(architecture), content, ...say("boot.own-grub", { home }) }],
      isSigned: false,
    };
  }
  return undefined;
}

/**
 * Whether a GRUB that was built for one system looks for this volume: by a search for its UUID, or on the partition of this
 * number of the disk that it was started from. Its configuration and its prefix stand in it as they are.
 */
export function looksFor(image: Uint8Array, { uuid, volume }: GrubPlace): boolean {
  const text = Buffer.from(image.buffer, image.byteOffset, image.length);
  if (text.includes(`search.fs_uuid ${uuid}`)) return true;
  const numbered = ["gpt", "msdos"].some((table) => text.includes(`(,${table}${volume.partition})/`));
  return !text.includes("search.fs_uuid ") && volume.inside.length === 0 && numbered;
}

async function builtLoader(asked: LoaderAsked): Promise<LinuxLoader> {
  const { system, tree, machine, place, architecture, images } = asked;
  const platform = architecture in PLATFORMS ? PLATFORMS[architecture as keyof typeof PLATFORMS] : "x86_64-efi";
  const modules = await findModules(platform, { tree, machine, system: system.name });
  const content = await images({
    ...{ modules, tree, prefix: place.path, config: earlyConfig(place) },
    names: [...neededModules(place), "normal", "configfile"],
  });
  const home = await distributionFolder(tree);
  const isOwn = modules.of === "system";
  const file = (path: string): EspFile => ({
    ...{ path, content },
    ...say("boot.built-grub", { name: system.name, isOwn, path: path.slice(1) }),
  });
  const first = `/EFI/${home}/grub${architecture}.efi`;
  return { home, first, files: [file(first)], fallback: [file(fallbackName(architecture))], isSigned: false, modules };
}
