import type { Sentence } from "#base/sentence.ts";
import type { BootNote } from "#imaging/boot/boot-note.ts";
import type { Esp, EspLoader } from "#imaging/boot/efi/esp.ts";
import type { EspFile } from "#imaging/boot/efi/esp-files.ts";
import { fallbackName, isAt, type LinuxLoader, looksFor } from "#imaging/boot/efi/linux-loader.ts";
import type { EfiArchitecture } from "#imaging/boot/efi/pe-file.ts";
import type { GrubPlace } from "#imaging/boot/grub/grub-place.ts";
import { say } from "#imaging/words/say.ts";

/** What is to be at the fallback place, and why; no files where it is right as it is. */
export interface FallbackPlan {
  readonly files: readonly EspFile[];
  readonly notes: readonly BootNote[];
}

/**
 * EFI/BOOT/BOOTX64.EFI, which firmware starts when it has no entry of its own (UEFI 2.10, 3.5.1.1): made where it is missing,
 * is for another kind of machine, or cannot go on. One that starts something else that is whole stays.
 */
export async function planFallback(
  esp: Esp,
  loader: LinuxLoader,
  { architecture, place }: { architecture: EfiArchitecture; place: GrubPlace },
): Promise<FallbackPlan> {
  const path = fallbackName(architecture);
  const found = esp.loaders.find((one) => isAt(one, path));
  if (!found || found.architecture !== architecture) return { files: loader.fallback, notes: [] };
  if (found.kind === "shim") return { files: await shimFiles(esp, loader, architecture), notes: [] };
  if (found.kind === "grub") {
    const image = await esp.tree.read(path);
    const isStale = !loader.isSigned && image !== undefined && !looksFor(image, place);
    return { files: isStale ? loader.fallback : [], notes: [] };
  }
  return { files: [], notes: [{ code: "BOOT_FALLBACK_OTHER", ...other(path.slice(1), found) }] };
}

const other = (path: string, { kind }: EspLoader): Sentence =>
  kind === "windows" ? say("boot.fallback-windows", { path }) : say("boot.fallback-other", { path, loader: kind });

/** Shim starts what lies beside it: its fallback program where there is one, which reads the folders' CSV files; else GRUB. */
async function shimFiles(esp: Esp, loader: LinuxLoader, architecture: EfiArchitecture): Promise<readonly EspFile[]> {
  const beside = (name: string) => esp.loaders.find((one) => isAt(one, `/EFI/BOOT/${name}${architecture}.efi`));
  if (beside("fb")) return [];
  const grub = beside("grub");
  if (grub?.kind !== "grub" || grub.architecture !== architecture) return loader.fallback;
  if (grub.home !== undefined && grub.home !== loader.home) return [];
  // Of one distribution with the files of its packages: an old shim may be revoked, and the two belong together.
  return loader.isSigned ? loader.fallback : [];
}
