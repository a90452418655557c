import { createRamdiskBcd } from "#imaging/bcd/create-ramdisk-bcd.ts";
import { SOURCE_DATE_EPOCH } from "../../recipe.ts";
import type { WimContent } from "../wim/wim-content.ts";

export type Firmware = "bios" | "uefi";

/** Where the loader lies in Windows PE, as winload.exe or winload.efi: in the second place since Windows 8 only. */
const LOADERS = ["/Windows/System32/boot/winload", "/Windows/System32/winload"];
const SUFFIX: Readonly<Record<Firmware, string>> = { bios: ".exe", uefi: ".efi" };

/** @returns undefined where the Windows PE has none for this firmware */
export function loaderOf(content: Pick<WimContent, "find">, firmware: Firmware): string | undefined {
  const found = LOADERS.map((path) => content.find(`${path}${SUFFIX[firmware]}`)).find((path) => path !== undefined);
  return found?.replaceAll("/", "\\");
}

/** Of the medium's own files: the same on all media, so that a copy of one onto another starts too. */
export const WIM_PLACE = "/sources/boot.wim";
export const SDI_PLACE = "/boot/boot.sdi";
export const STORES: Readonly<Record<Firmware, string>> = { bios: "/boot/bcd", uefi: "/efi/microsoft/boot/bcd" };

/** A store by which the boot manager of a firmware starts the medium's Windows PE. The same inputs give the same bytes. */
export function bootStore(loader: string): Uint8Array {
  const store = createRamdiskBcd({
    image: WIM_PLACE.replaceAll("/", "\\"),
    sdi: SDI_PLACE.replaceAll("/", "\\"),
    loader,
    description: "Lifeboat in Windows PE",
    newGuid: () => "1feb0a70-0001-4000-8000-77696e706500",
    clock: () => SOURCE_DATE_EPOCH * 1000,
  });
  return store.toBytes();
}
