import { grubBootSector } from "#imaging/boot/bios/embed-grub.ts";
import type { EmbedPlace } from "#imaging/boot/bios/embed-place.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";

/** What the boot code of sector 0 is. */
export type LegacyCode = "none" | "grub" | "grub-lost" | "windows" | "syslinux" | "other";

/** Texts that stand in the boot code of others, which they show when they fail. */
const SIGNS: readonly (readonly [string, LegacyCode])[] = [
  ["Invalid partition table", "windows"],
  ["TCPA", "windows"],
  ["SYSLINUX", "syslinux"],
  ["Missing operating system.\r\n", "syslinux"], // the mbr.bin of syslinux, word for word
  ["No partition of this disk is marked active", "windows"], // ours
];
const CORE_SIGNS = ["loading", "Geom", "Read"];

/** Looks at what legacy firmware would start. "grub-lost": GRUB's, which leads to no core image of GRUB. */
export async function legacyCode(device: ReadableDevice, place: EmbedPlace | undefined): Promise<LegacyCode> {
  const sector = await readBytes(device, 0, 512);
  const code = sector.subarray(0, 440);
  if (code.every((byte) => byte === 0)) return "none";
  const text = Buffer.from(code).toString("latin1");
  const { coreSector, name } = safeParse(sector);
  if (name === "GRUB") return (await isCore(device, coreSector * 512, place)) ? "grub" : "grub-lost";
  return SIGNS.find(([sign]) => text.includes(sign))?.[1] ?? "other";
}

/** Code of others may have any number where GRUB has a sector. */
function safeParse(sector: Uint8Array): { coreSector: number; name: string } {
  const name = String.fromCharCode(...sector.subarray(0x180, 0x184));
  if (name !== "GRUB") return { coreSector: 0, name };
  const wide = new DataView(sector.buffer, sector.byteOffset).getBigUint64(grubBootSector.fields.coreSector.at, true);
  return { coreSector: wide > 2n ** 44n ? 0 : Number(wide), name };
}

/** diskboot.img says what it does while it works: "loading", and errors of geometry and reading. */
async function isCore(device: ReadableDevice, offset: number, place: EmbedPlace | undefined): Promise<boolean> {
  if (place && (offset < place.start || offset >= place.end)) return false;
  if (offset < 512 || offset + 512 > device.size) return false;
  const text = Buffer.from(await readBytes(device, offset, 512)).toString("latin1");
  return CORE_SIGNS.every((sign) => text.includes(sign));
}
