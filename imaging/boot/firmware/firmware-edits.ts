import { LifeboatError } from "#base/errors.ts";
import { BIOS_BOOT_TYPE } from "#imaging/boot/bios/embed-place.ts";
import { LEAST_BIOS_BOOT } from "#imaging/boot/bios/plan-linux-bios.ts";
import type { FirmwareWish } from "#imaging/boot/boot-repair.ts";
import { ESP_TYPES } from "#imaging/boot/efi/esp.ts";
import { usableOf } from "#imaging/disk/build-table.ts";
import { MIB, roundDown } from "#imaging/layout/layout.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import { freeSpaces, type Picture } from "#imaging/partition/picture.ts";
import { partWords } from "#imaging/words/part-words.ts";

/** Room for the loaders of several systems and their updates; what is free may be less. */
const ESP_SIZES = [512 * MIB, 256 * MIB, 100 * MIB, 40 * MIB];
export const LEAST_ESP = 40 * MIB;

/**
 * What has to be made on a disk so that it can start under this firmware: an EFI system partition, or on a GPT the place of GRUB's
 * core image; nothing where it is there. For planEdits(); boot repair follows when the disk has it.
 * @throws BOOT_NO_PLACE, BOOT_SECTORS_UNFIT
 */
export function firmwareEdits(picture: Picture, firmware: FirmwareWish, disk: string): Edit[] {
  return firmware === "uefi" ? espEdits(picture, disk) : biosEdits(picture, disk);
}

function espEdits(picture: Picture, disk: string): Edit[] {
  if (picture.partitions.some(({ type }) => ESP_TYPES.includes(type))) return [];
  const isGpt = picture.tableType === "gpt";
  const records = picture.partitions.filter(({ role }) => role !== "logical").length;
  const spaces = isGpt || records < 4 ? freeSpaces(picture).filter(({ inside }) => inside === "disk") : [];
  const largest = Math.max(0, ...spaces.map(({ start, end }) => end - start));
  const size = ESP_SIZES.find((one) => one <= largest);
  if (size === undefined || picture.tableType === "none")
    throw new LifeboatError("BOOT_NO_PLACE", { disk, what: partWords["part.esp"], need: LEAST_ESP });
  const type = isGpt ? ESP_TYPES[0] : ESP_TYPES[1];
  const common = { op: "create", size, filesystem: "vfat", label: "EFI" } as const;
  return [
    { ...common, ...(type !== undefined && { type }), ...(isGpt ? { name: "EFI System" } : { role: "primary" }) },
  ];
}

function biosEdits(picture: Picture, disk: string): Edit[] {
  const { tableType, size, sectorSize, partitions } = picture;
  if (sectorSize !== 512) throw new LifeboatError("BOOT_SECTORS_UNFIT", { disk, sectorSize });
  if (tableType === "mbr" || partitions.some(({ type }) => type === BIOS_BOOT_TYPE)) return [];
  const create = { op: "create", type: BIOS_BOOT_TYPE, name: "BIOS boot" } as const;
  // Between the table and the first MiB: no partition of today starts there, and no data has to move.
  const { start } = usableOf("gpt", size, sectorSize);
  const first = Math.min(MIB, ...partitions.map((one) => one.start));
  if (tableType === "gpt" && first - start >= LEAST_BIOS_BOOT)
    return [{ ...create, start, size: roundDown(first - start, sectorSize) }];
  if (tableType !== "gpt" || freeSpaces(picture).length === 0)
    throw new LifeboatError("BOOT_NO_PLACE", { disk, what: partWords["part.bios-boot"], need: MIB });
  return [{ ...create, size: MIB }];
}
