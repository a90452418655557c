import type { VolumeFiles } from "#imaging/prove/prepare/volume-files.ts";

/** What firmware could start from an EFI system partition. */
export interface EfiLoaders {
  /** There is one that firmware starts without knowing it: EFI/BOOT/BOOTX64.EFI (UEFI 2.10, 3.5.1.1). */
  readonly hasFallback: boolean;
  /** All of them: "EFI/debian/shimx64.efi". */
  readonly paths: readonly string[];
}

export const NO_LOADERS: EfiLoaders = { hasFallback: false, paths: [] };

const FALLBACK = /^efi\/boot\/bootx64\.efi$/i;
/** For other processors, which the virtual machine has not. */
const OTHER_PROCESSOR = /(ia32|aa64|arm|riscv64|loongarch64)\.efi$/i;
/** What an installed system has its firmware start, the likeliest first. */
const KNOWN: readonly RegExp[] = [
  /\/shimx64\.efi$/i,
  /^efi\/microsoft\/boot\/bootmgfw\.efi$/i,
  /\/systemd-bootx64\.efi$/i,
  /\/grubx64\.efi$/i,
  /\/refind_x64\.efi$/i,
  /^efi\/linux\/[^/]+\.efi$/i,
];

/** @param files of a FAT volume */
export async function findEfiLoaders(files: VolumeFiles): Promise<EfiLoaders> {
  const efi = (await files.folders("")).find((name) => name.toLowerCase() === "efi");
  if (efi === undefined) return NO_LOADERS;
  const paths: string[] = [];
  for (const vendor of await files.folders(efi))
    for (const folder of vendor.toLowerCase() === "microsoft" ? [`${efi}/${vendor}/Boot`] : [`${efi}/${vendor}`])
      paths.push(...(await files.list(folder, ".efi")).map((name) => `${folder}/${name}`));
  const usable = paths.filter((path) => !OTHER_PROCESSOR.test(path));
  return { hasFallback: usable.some((path) => FALLBACK.test(path)), paths: usable };
}

/** The one that the firmware of the disk's own machine would start by an entry; undefined when none is known. */
export const knownLoader = (paths: readonly string[]): string | undefined =>
  KNOWN.map((known) => paths.find((path) => known.test(path))).find((path) => path !== undefined);

/**
 * For OVMF's shell, which comes after all that firmware finds by itself: starts a loader where it lies, as an entry in the
 * firmware's memory would (UEFI Shell 2.2, 4.1.2).
 */
export function startupScript(loader: string): string {
  const path = `\\${loader.replaceAll("/", "\\")}`;
  const volumes = Array.from({ length: 16 }, (_, i) => i).join(" ");
  return [
    "@echo -off",
    `for %i in ${volumes}`,
    `  if exist fs%i:${path} then`,
    `    fs%i:${path}`,
    "  endif",
    "endfor",
    "",
  ].join("\r\n");
}
