import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { usableOf } from "#imaging/disk/build-table.ts";
import type { Extent } from "#imaging/extent.ts";
import { MIB, roundDown, roundUp } from "#imaging/layout/layout.ts";

/** Bytes of a journal: two records, each in a sector of its own whatever the disk's sectors are, and the description. */
export const JOURNAL_BYTES = 512 << 10;
export const DESCRIPTION_AT = 8192;
export const RECORD_PLACES = [0, 4096] as const;
/** Behind the table of a GPT and what boot loaders keep behind an MBR. */
const GAP_AT = 512 << 10;

/** What a partition table says of the disk. */
export interface Occupied {
  readonly tableType: "gpt" | "mbr";
  readonly size: number;
  readonly sectorSize: number;
  /** Partitions that stay where they are. */
  readonly taken: readonly Extent[];
}

/**
 * Where a journal may stand, in the order in which it is looked for: in the gap before the first partition, then at the end
 * of each free space. The places follow from the table alone, so that whoever finds the disk later looks there too.
 */
export function journalPlaces({ tableType, size, sectorSize, taken }: Occupied): number[] {
  const usable = usableOf(tableType, size, sectorSize);
  const sorted = taken.toSorted((a, b) => a.start - b.start);
  const places: number[] = [];
  let at = usable.start;
  for (const { start, end } of [...sorted, { start: usable.end, end: usable.end }]) {
    const place = at === usable.start && start >= MIB ? GAP_AT : roundDown(start, MIB) - MIB;
    if (place >= roundUp(at, sectorSize) && place + JOURNAL_BYTES <= start) places.push(place);
    // A long gap before the first partition has room at its end too.
    const last = roundDown(start, MIB) - MIB;
    if (place === GAP_AT && last > GAP_AT && last + JOURNAL_BYTES <= start) places.push(last);
    at = Math.max(at, end);
  }
  return places;
}

/** The first place that reads as zeros: what is anybody's stays. @param busy where the partition is that moves, and will be */
export async function freePlace(
  device: ReadableDevice,
  occupied: Occupied,
  busy: readonly Extent[],
): Promise<number | undefined> {
  const isFree = (place: number) => busy.every(({ start, end }) => place >= end || place + JOURNAL_BYTES <= start);
  for (const place of journalPlaces(occupied).filter(isFree)) {
    const found = await readBytes(device, place, JOURNAL_BYTES).catch(() => undefined);
    if (found?.every((byte) => byte === 0)) return place;
  }
  return undefined;
}
