import { LifeboatError } from "#base/errors.ts";
import { lackingOf, type MediaFiles, type MediaName } from "../media/media-files.ts";
import type { WimContent } from "../wim/wim-content.ts";
import { type Firmware, loaderOf } from "./boot-stores.ts";

export type OutputKind = "iso" | "usb" | "pxe";

/** What starts an output, and what it lacks to be started otherwise. */
export interface PlannedOutput {
  readonly kind: OutputKind;
  readonly firmware: readonly Firmware[];
  /** "no BIOS starts it: etfsboot.com (/boot/etfsboot.com) was not found". */
  readonly notes: readonly string[];
}

/** Files of Microsoft's that each firmware needs of each kind of medium. */
const NEEDS: Readonly<Record<OutputKind, Readonly<Record<Firmware, readonly MediaName[]>>>> = {
  iso: { bios: ["boot.sdi", "bootmgr", "etfsboot.com"], uefi: ["boot.sdi", "bootx64.efi", "efisys.bin"] },
  usb: { bios: ["boot.sdi", "bootmgr"], uefi: ["boot.sdi", "bootx64.efi"] },
  pxe: { bios: ["boot.sdi", "bootmgr"], uefi: ["boot.sdi", "bootx64.efi"] },
};
export const FIRMWARE_TEXT: Readonly<Record<Firmware, string>> = { bios: "BIOS", uefi: "UEFI" };

/** @throws WINPE_MEDIA_MISSING where neither BIOS nor UEFI could start it */
export function planOutput(kind: OutputKind, media: MediaFiles, content: Pick<WimContent, "find">): PlannedOutput {
  const lacking = (["bios", "uefi"] as const).map((firmware) => {
    const files = lackingOf(media, NEEDS[kind][firmware]);
    if (loaderOf(content, firmware) === undefined) files.push(`winload for ${FIRMWARE_TEXT[firmware]} (in the WIM)`);
    return { firmware, files };
  });
  const notes = lacking
    .filter(({ files }) => files.length > 0)
    .map(({ firmware, files }) => `no ${FIRMWARE_TEXT[firmware]} starts it: not found ${files.join(", ")}`);
  const firmware = lacking.filter(({ files }) => files.length === 0).map((one) => one.firmware);
  if (firmware.length === 0)
    throw new LifeboatError("WINPE_MEDIA_MISSING", { output: `the ${kind} medium`, files: notes.join("; ") });
  return { kind, firmware, notes };
}
