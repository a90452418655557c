import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { PartitionTable } from "#imaging/disk/partition.ts";
import { say } from "#imaging/words/say.ts";

export const BIOS_BOOT_TYPE = "21686148-6449-6e6f-744e-656564454649";

/** Where GRUB's core image lies on a disk that legacy firmware starts from. Bytes. */
export interface EmbedPlace {
  readonly start: number;
  readonly end: number;
  /** In plain words, for plans and errors. */
  readonly where: Sentence;
}

/** GRUB counts in sectors of 512 bytes, and no BIOS starts from a disk with others. */
const SECTOR = 512;

/**
 * On a GPT the BIOS boot partition, which nothing else uses; on an MBR the gap between sector 0 and the first partition
 * (GRUB manual 2.12, 4.4 "BIOS installation"). Undefined when there is none.
 * @throws BOOT_SECTORS_UNFIT
 */
export function embedPlace(device: ReadableDevice, table: PartitionTable): EmbedPlace | undefined {
  if (device.sectorSize !== SECTOR)
    throw new LifeboatError("BOOT_SECTORS_UNFIT", { disk: device.path, sectorSize: device.sectorSize });
  if (table.type === "none") return undefined;
  if (table.type === "gpt") {
    const found = table.partitions.find(({ type }) => type === BIOS_BOOT_TYPE);
    if (!found) return undefined;
    const { number, start, size } = found;
    return { start, end: Math.min(start + size, device.size), where: say("boot.bios-partition", { number }) };
  }
  const first = table.partitions.reduce((least, { start }) => Math.min(least, start), device.size);
  return { start: SECTOR, end: Math.max(SECTOR, first), where: say("boot.mbr-gap") };
}

/** @throws BOOT_GAP_TOO_SMALL */
export function refuseSmall(device: ReadableDevice, { start, end, where }: EmbedPlace, need: number): void {
  if (end - start < need)
    throw new LifeboatError(
      "BOOT_GAP_TOO_SMALL",
      { disk: device.path, where: where.text, need, have: end - start },
      { ...(where.said && { said: { where: where.said } }) },
    );
}
