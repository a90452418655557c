import { type EfiArchitecture, readPe } from "#imaging/boot/efi/pe-file.ts";

/** What of the known programs one is. */
export type LoaderKind =
  | "shim"
  | "shim fallback"
  | "mok manager"
  | "grub"
  | "systemd-boot"
  | "unified kernel"
  | "windows"
  | "refind"
  | "other";

export interface Loader {
  readonly kind: LoaderKind;
  readonly architecture: EfiArchitecture;
  /** Of a GRUB that was built for one distribution: the folder in EFI in which it looks for its configuration. */
  readonly home?: string;
}

/** Undefined for what firmware could not start at all. */
export function loaderOf(bytes: Uint8Array): Loader | undefined {
  const pe = readPe(bytes);
  if (!pe) return undefined;
  const { architecture, sections } = pe;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const kind = kindOf(buffer, sections);
  const home = kind === "grub" ? homeOf(buffer) : undefined;
  return { kind, architecture, ...(home !== undefined && { home }) };
}

/** In this order: a unified kernel and systemd-boot have words of others in them. */
function kindOf(bytes: Buffer, sections: readonly string[]): LoaderKind {
  const says = (text: string) => bytes.includes(text, 0, "latin1");
  const saysWide = (text: string) => bytes.includes(Buffer.from(text, "utf16le"));
  if (sections.includes(".linux")) return "unified kernel";
  if (sections.includes(".sdmagic") || says("#### LoaderInfo: systemd-boot")) return "systemd-boot";
  if (saysWide("bootmgfw.efi") && saysWide("Microsoft Corporation")) return "windows";
  if (saysWide("rEFInd") || says("rEFInd")) return "refind";
  if (sections.includes("mods") || says("grub_efi") || says("\nGNU GRUB") || says("grub.cfg")) return "grub";
  if (saysWide("\\BOOTX64.CSV") || saysWide("BOOTX64.CSV") || saysWide("BOOT.CSV")) return "shim fallback";
  if (saysWide("Perform MOK management") || saysWide("Shim UEFI key management")) return "mok manager";
  if (sections.includes(".vendor_cert") || says("UEFI SHIM")) return "shim";
  return "other";
}

/** The prefix that grub-mkimage put behind the modules: "/EFI/debian". */
function homeOf(bytes: Buffer): string | undefined {
  const all = [...bytes.toString("latin1").matchAll(/\/EFI\/([A-Za-z0-9][\w.-]{0,30})\0/g)].map(([, name]) => name);
  return all.findLast((name) => name !== undefined && !/^(BOOT|Microsoft)$/i.test(name));
}
