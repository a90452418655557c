import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bootStore, type Firmware, loaderOf } from "./boot-stores.ts";
import type { MediumParts } from "./medium-tree.ts";

export const PXE_SCRIPT = "boot.ipxe";
export const PXE_MARK = "# Lifeboat in Windows PE, by iPXE and wimboot";

export interface PxeOptions {
  /** wimboot of the user, https://ipxe.org/wimboot. Without one the script names it, and it has to be put there. */
  readonly wimboot: string | undefined;
}

/**
 * A folder for an HTTP server: what wimboot shows to the boot manager as files of a disk, and the script that loads it. Of the two
 * firmwares one store serves both: wimboot lets it name winload.efi under UEFI ("wimboot", Architecture).
 */
export async function writePxe(
  folder: string,
  { wim, content, media }: MediumParts,
  firmware: readonly Firmware[],
  { wimboot }: PxeOptions,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const managers = {
    bios: ["bootmgr", media.named.bootmgr],
    uefi: ["bootx64.efi", media.named["bootx64.efi"]],
  } as const;
  for (const one of firmware) {
    const [name, file] = managers[one];
    if (file) await copyFile(file.path, join(folder, name));
  }
  const main: Firmware = firmware.includes("bios") ? "bios" : "uefi";
  await writeFile(join(folder, "BCD"), bootStore(loaderOf(content, main) as string));
  await copyFile((media.named["boot.sdi"] as { path: string }).path, join(folder, "boot.sdi"));
  await copyFile(wim, join(folder, "boot.wim"));
  if (wimboot !== undefined) await copyFile(wimboot, join(folder, "wimboot"));
  await writeFile(join(folder, PXE_SCRIPT), script(firmware));
}

/** A setting of iPXE, not of ours. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: iPXE expands it
const PLATFORM = "${platform}";

/** Names are those that wimboot knows: it puts each into every folder of the disk that it shows. */
function script(firmware: readonly Firmware[]): string {
  const lines = ["#!ipxe", PXE_MARK, "kernel wimboot"];
  if (firmware.includes("bios")) lines.push(`iseq ${PLATFORM} pcbios && initrd --name bootmgr bootmgr bootmgr ||`);
  if (firmware.includes("uefi"))
    lines.push(`iseq ${PLATFORM} efi && initrd --name bootx64.efi bootx64.efi bootx64.efi ||`);
  for (const name of ["BCD", "boot.sdi", "boot.wim"]) lines.push(`initrd --name ${name} ${name} ${name}`);
  return [...lines, "boot", ""].join("\n");
}
