import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { SOURCE_DATE_EPOCH } from "../../recipe.ts";
import { runTool } from "../../tool.ts";
import type { Firmware } from "./boot-stores.ts";
import { fillMediumTree, type MediumParts } from "./medium-tree.ts";

export const ISO_VOLUME_ID = "LIFEBOAT_PE";

/** Where the boot sectors lie on the ISO, beside the files of the medium. */
const BIOS_SECTOR = "boot/etfsboot.com";
const EFI_IMAGE = "efi/microsoft/boot/efisys.bin";
/** etfsboot.com is 4 KiB, and BIOSes load as many sectors as the entry says (El Torito 1.0, 2.4). */
const BIOS_SECTORS = "8";

/**
 * An ISO with an El Torito entry for each firmware, in the manner of oscdimg's: etfsboot.com starts /bootmgr of the CD, and
 * the FAT image efisys.bin starts /efi/boot/bootx64.efi of it. @throws TOOL_FAILED, TOOL_MISSING
 */
export async function writeIso(
  out: string,
  parts: MediumParts,
  firmware: readonly Firmware[],
  scratch: string,
): Promise<void> {
  const tree = join(scratch, "iso-tree");
  await fillMediumTree(tree, parts, firmware);
  const { "etfsboot.com": sector, "efisys.bin": image } = parts.media.named;
  const bios = firmware.includes("bios") && sector;
  const uefi = firmware.includes("uefi") && image;
  for (const folder of ["boot", "efi/microsoft/boot"]) await mkdir(join(tree, folder), { recursive: true });
  if (bios) await copyFile(sector.path, join(tree, BIOS_SECTOR));
  if (uefi) await copyFile(image.path, join(tree, EFI_IMAGE));
  const entries = [
    ...(bios ? ["-b", BIOS_SECTOR, "-no-emul-boot", "-boot-load-size", BIOS_SECTORS] : []),
    ...(bios && uefi ? ["-eltorito-alt-boot"] : []),
    ...(uefi ? ["-e", EFI_IMAGE, "-no-emul-boot"] : []),
  ];
  const date = new Date(SOURCE_DATE_EPOCH * 1000).toISOString().replace(/\D/g, "").slice(0, 14);
  // bootmgr looks for names without version number, and for those without suffix without the dot.
  const names = ["-iso-level", "3", "-omit-period", "-omit-version-number", "-J", "-joliet-long"];
  const head = ["-as", "mkisofs", "-quiet", ...names, "-V", ISO_VOLUME_ID, "--set_all_file_dates", `${date}00`];
  await runTool("xorriso", [...head, ...entries, "-o", out, tree], {
    purpose: "write the ISO",
    env: { SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH) },
  });
  await rm(tree, { recursive: true });
}
