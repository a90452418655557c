import { copyFile, link, mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SOURCE_DATE_EPOCH } from "../../recipe.ts";
import type { MediaFiles } from "../media/media-files.ts";
import type { WimContent } from "../wim/wim-content.ts";
import { bootStore, type Firmware, loaderOf, SDI_PLACE, STORES, WIM_PLACE } from "./boot-stores.ts";

/** What a medium is made of. */
export interface MediumParts {
  /** The finished boot.wim. */
  readonly wim: string;
  readonly content: Pick<WimContent, "find">;
  readonly media: MediaFiles;
}

/** Of each firmware the boot manager's file, and its place on a medium. */
const MANAGERS = { bios: ["bootmgr", "/bootmgr"], uefi: ["bootx64.efi", "/efi/boot/bootx64.efi"] } as const;

/** Fills an empty folder with the files of a medium that these kinds of firmware start. */
export async function fillMediumTree(
  folder: string,
  { wim, content, media }: MediumParts,
  firmware: readonly Firmware[],
): Promise<void> {
  const put = async (place: string, from: string) => {
    await mkdir(dirname(join(folder, place)), { recursive: true });
    await copyFile(from, join(folder, place));
    await utimes(join(folder, place), SOURCE_DATE_EPOCH, SOURCE_DATE_EPOCH);
  };
  for (const [place, from] of media.extras) await put(place, from);
  await put(SDI_PLACE, (media.named["boot.sdi"] as { path: string }).path);
  for (const one of firmware) {
    const [name, place] = MANAGERS[one];
    await put(place, (media.named[name] as { path: string }).path);
    await mkdir(dirname(join(folder, STORES[one])), { recursive: true });
    await writeFile(join(folder, STORES[one]), bootStore(loaderOf(content, one) as string));
  }
  const manager = media.named["bootmgr.efi"];
  if (manager && firmware.includes("uefi")) await put("/bootmgr.efi", manager.path);
  await mkdir(join(folder, dirname(WIM_PLACE)), { recursive: true });
  await link(wim, join(folder, WIM_PLACE));
}
