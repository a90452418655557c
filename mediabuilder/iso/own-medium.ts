import { SOURCE_DATE_EPOCH } from "../recipe.ts";

/** What GRUB, blkid and the initramfs know an ISO by: its modification date (ECMA-119, 8.4.27). */
export interface IsoUuid {
  /** YYYYMMDDhhmmsscc, as xorriso takes it. */
  readonly date: string;
  /** "2026-05-17-08-31-02-77", as GRUB writes it. */
  readonly uuid: string;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * Another content is another UUID, so that an ISO is not taken for an older one that is plugged in too; and the same content is the same one,
 * as the same inputs make the same bytes. @param id of the medium, in hexadecimal
 */
export function isoUuid(id: string): IsoUuid {
  const number = BigInt(`0x${id}`);
  const hundredths = Number(number % 100n);
  const seconds = SOURCE_DATE_EPOCH + Number((number / 100n) % BigInt(YEAR_SECONDS));
  const [year = "", ...rest] = new Date(seconds * 1000).toISOString().slice(0, 19).split(/\D/);
  const parts = [year, ...rest, String(hundredths).padStart(2, "0")];
  return { date: parts.join(""), uuid: parts.join("-") };
}

const MENU = ["set prefix=($root)/boot/grub", "configfile $prefix/grub.cfg"];

/**
 * For GRUB as a BIOS loads it, before it has a parser for more than single commands. The drive that it was loaded from is looked at first:
 * a copy of this ISO elsewhere is not to be started in its place.
 */
export const biosStart = ({ uuid }: IsoUuid): string =>
  [`search --no-floppy --fs-uuid --set=root --hint=$root ${uuid}`, ...MENU, ""].join("\n");

/**
 * For GRUB as UEFI loads it from the ISO's EFI system partition, which holds nothing but loaders: the ISO is around it, on the same disk.
 * Without this file Debian's signed GRUB would start the first medium that has /.disk/info, ours or not.
 */
export const efiStart = ({ uuid }: IsoUuid): string =>
  [
    `regexp --set=1:disk '^([^,]+)' "$root"`,
    `if ! search --no-floppy --fs-uuid --set=root --hint="$disk" ${uuid}; then`,
    `  echo 'The ISO around this EFI partition cannot be read. Looking for another medium of Lifeboat.'`,
    "  search --no-floppy --file --set=root /.disk/lifeboat",
    "fi",
    ...MENU,
    "",
  ].join("\n");
