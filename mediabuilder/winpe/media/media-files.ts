import type { MediaSource } from "./media-source.ts";

/** Files of Microsoft's that a medium needs to start, by our names for them. They come from what the user has. */
export type MediaName = "bootmgr" | "bootmgr.efi" | "bootx64.efi" | "boot.sdi" | "etfsboot.com" | "efisys.bin";

/** Where each lies on a Windows medium and in a folder of copype's, and in a Windows itself; the best first. */
const PLACES: Readonly<Record<MediaName, readonly string[]>> = {
  bootmgr: ["/bootmgr", "/Windows/Boot/PCAT/bootmgr"],
  "bootmgr.efi": ["/bootmgr.efi", "/Windows/Boot/EFI/bootmgr.efi"],
  "bootx64.efi": ["/efi/boot/bootx64.efi", "/Windows/Boot/EFI/bootmgfw.efi"],
  "boot.sdi": ["/boot/boot.sdi", "/Windows/Boot/DVD/PCAT/boot.sdi", "/Windows/Boot/DVD/EFI/boot.sdi"],
  "etfsboot.com": ["/boot/etfsboot.com", "/fwfiles/etfsboot.com", "/Windows/Boot/DVD/PCAT/etfsboot.com"],
  // One that asks for no key: a rescue medium is meant to start.
  "efisys.bin": [
    ...["/efi/microsoft/boot/efisys_noprompt.bin", "/fwfiles/efisys_noprompt.bin"],
    ...["/efi/microsoft/boot/efisys.bin", "/fwfiles/efisys.bin"],
    ...["/Windows/Boot/DVD/EFI/en-US/efisys_noprompt.bin", "/Windows/Boot/DVD/EFI/en-US/efisys.bin"],
  ],
};

/** Fonts and pictures of the boot manager: without them it shows its errors in plain letters. */
const EXTRAS: readonly { readonly from: string; readonly to: readonly string[] }[] = [
  { from: "/boot/fonts", to: ["/boot/fonts"] },
  { from: "/efi/microsoft/boot/fonts", to: ["/efi/microsoft/boot/fonts"] },
  { from: "/Windows/Boot/Fonts", to: ["/boot/fonts", "/efi/microsoft/boot/fonts"] },
  { from: "/boot/resources", to: ["/boot/resources"] },
  { from: "/efi/microsoft/boot/resources", to: ["/efi/microsoft/boot/resources"] },
  { from: "/Windows/Boot/Resources", to: ["/boot/resources", "/efi/microsoft/boot/resources"] },
];

export interface MediaFile {
  /** A file of this machine. */
  readonly path: string;
  /** As a report says it: "/bootmgr of win11.iso". */
  readonly from: string;
}

export interface MediaFiles {
  readonly named: Readonly<Partial<Record<MediaName, MediaFile>>>;
  /** Place on the medium -> file of this machine. */
  readonly extras: ReadonlyMap<string, string>;
}

/** Takes each from the first source that has it. @throws WIM_DAMAGED, TOOL_FAILED */
export async function findMediaFiles(sources: readonly MediaSource[]): Promise<MediaFiles> {
  const named: Partial<Record<MediaName, MediaFile>> = {};
  for (const [name, places] of Object.entries(PLACES) as [MediaName, readonly string[]][])
    for (const source of sources) {
      const found = places.map((path) => source.find(path)).find((path) => path !== undefined);
      if (found === undefined) continue;
      const path = (await source.fetch([found])).get(found) as string;
      named[name] = { path, from: `${found} of ${source.name}` };
      break;
    }
  return { named, extras: await findExtras(sources) };
}

async function findExtras(sources: readonly MediaSource[]): Promise<ReadonlyMap<string, string>> {
  const extras = new Map<string, string>();
  for (const source of sources)
    for (const { from, to } of EXTRAS) {
      const paths = source.below(from);
      const fetched = await source.fetch(paths);
      for (const path of paths)
        for (const folder of to) {
          const place = `${folder}${path.slice(from.length).toLowerCase()}`;
          if (!extras.has(place)) extras.set(place, fetched.get(path) as string);
        }
    }
  return extras;
}

/** Names of those that are not there, of a list. */
export const lackingOf = (media: MediaFiles, names: readonly MediaName[]): string[] =>
  names.filter((name) => media.named[name] === undefined).map((name) => `${name} (${PLACES[name][0]})`);
