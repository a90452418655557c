import { LifeboatError } from "#base/errors.ts";
import type { Extent } from "#imaging/extent.ts";
import type { ChosenPartition } from "#imaging/layout/choose-partitions.ts";
import {
  type LayoutNote,
  type LayoutTarget,
  type LayoutWish,
  MIB,
  type PlannedPartition,
  type SourcePartition,
} from "#imaging/layout/layout.ts";
import { say } from "#imaging/words/say.ts";

export type AddedRole = NonNullable<PlannedPartition["made"]>;

/** A partition that the image has not, in the place of one that it has. */
export interface AddedPartition extends ChosenPartition {
  readonly made: AddedRole;
}

const TYPES: Readonly<Record<AddedRole, { gpt: string; mbr: string }>> = {
  esp: { gpt: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", mbr: "0xef" },
  "bios-grub": { gpt: "21686148-6449-6e6f-744e-656564454649", mbr: "" },
};
const NAMES: Readonly<Record<AddedRole, string>> = { esp: "EFI System", "bios-grub": "BIOS boot" };
/** What firmware finds in it is 5 MiB for each system; FAT32 needs 33 MiB on sectors of 512 bytes, and 260 on 4096. */
const ESP_SIZE = 512 * MIB;
const LEAST_ESP = { 512: 100 * MIB, 4096: 300 * MIB } as const;
const BIOS_GRUB_SIZE = MIB;
/** GRUB with LUKS, LVM and btrfs has about 110 KiB. */
const LEAST_BIOS_GRUB = MIB / 4;

/**
 * What is to be added to the partitions that were chosen: nothing where one of the kind is among them, and no place for GRUB on an
 * MBR, which has one between sector 0 and the first partition. @throws BOOT_SECTORS_UNFIT
 */
export function addedPartitions(
  chosen: readonly ChosenPartition[],
  { add = [] }: LayoutWish,
  tableType: "gpt" | "mbr",
  { sectorSize, name }: LayoutTarget,
): AddedPartition[] {
  return add.flatMap(({ role }, i): AddedPartition[] => {
    const types = Object.values(TYPES[role]);
    const isThere = chosen.some(({ partition, wish }) => types.includes(wish?.type ?? partition.type));
    if (isThere || (role === "bios-grub" && tableType === "mbr")) return [];
    if (role === "bios-grub" && sectorSize !== 512)
      throw new LifeboatError("BOOT_SECTORS_UNFIT", { disk: name, sectorSize });
    const size = role === "esp" ? ESP_SIZE : BIOS_GRUB_SIZE;
    const least = role === "esp" ? LEAST_ESP[sectorSize === 512 ? 512 : 4096] : BIOS_GRUB_SIZE;
    // No partition of an image has such a number.
    const common = { number: -i, start: 0, active: false, role: "primary" } as const;
    const partition: SourcePartition = {
      ...{ ...common, size, least, most: size, type: TYPES[role][tableType], name: NAMES[role] },
      filesystem: role === "esp" ? "vfat" : undefined,
    };
    return [{ partition, wish: undefined, made: role }];
  });
}

/** Between the table of a GPT and the first MiB, where no partition of today starts, there is room for GRUB. */
export function roomBefore(places: readonly Extent[], usable: Extent): Extent | undefined {
  const first = Math.min(MIB, ...places.map(({ start }) => start));
  return first - usable.start >= LEAST_BIOS_GRUB ? { start: usable.start, end: first } : undefined;
}

export const addedNotes = (partitions: readonly PlannedPartition[]): LayoutNote[] =>
  partitions.flatMap(({ made, number, size }) =>
    made === undefined
      ? []
      : [
          {
            code: "PARTITION_ADDED",
            ...say(made === "esp" ? "layout.added-esp" : "layout.added-bios", { number, size }),
          },
        ],
  );
