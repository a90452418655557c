import { usableOf } from "#imaging/disk/build-table.ts";
import type { Extent } from "#imaging/extent.ts";
import { MIB, roundDown, roundUp } from "#imaging/layout/layout.ts";
import { editInvalid } from "#imaging/partition/edit-invalid.ts";
import { say } from "#imaging/words/say.ts";

/** A partition in the picture of a disk on which operations are tried out. */
export interface PicturedPartition {
  /** On the disk as it is; absent for one that is made. */
  readonly source?: number | undefined;
  readonly number: number;
  readonly start: number;
  readonly size: number;
  readonly type: string;
  readonly name?: string | undefined;
  readonly guid?: string | undefined;
  readonly active: boolean;
  readonly attributes: string;
  readonly role: "primary" | "extended" | "logical";
  /** As blkid names it; what it will be formatted with. */
  readonly filesystem?: string | undefined;
  readonly label?: string | undefined;
  /** Bytes: how small and how large its file system can be. */
  readonly least: number;
  readonly most: number;
  readonly notSmaller?: string | undefined;
  readonly notLarger?: string | undefined;
  /** Where it is mounted, or what else uses it. */
  readonly usedBy: readonly string[];
}

/** A disk as it would be after some operations. */
export interface Picture {
  readonly tableType: "gpt" | "mbr" | "none";
  /** Bytes. */
  readonly size: number;
  readonly sectorSize: number;
  readonly diskId: string | undefined;
  /** By start; an extended partition before its logical ones. */
  readonly partitions: readonly PicturedPartition[];
}

/** What becomes of one partition. */
export interface Change {
  readonly before: Picture;
  readonly after: Picture;
  /** Its number before. */
  readonly number: number;
}

export const endOf = ({ start, size }: { start: number; size: number }): number => start + size;

export const find = (picture: Picture, number: number): PicturedPartition => {
  const found = picture.partitions.find((one) => one.number === number);
  if (!found) throw editInvalid(say("cannot.no-partition", { number }));
  return found;
};

/** In disk order, logical ones numbered anew from 5 on as every system counts them. */
export function arranged(picture: Picture, partitions: readonly PicturedPartition[]): Picture {
  const isOuter = ({ role }: PicturedPartition) => (role === "extended" ? 0 : 1);
  const sorted = partitions.toSorted((a, b) => a.start - b.start || isOuter(a) - isOuter(b));
  let logical = 5;
  return {
    ...picture,
    partitions: sorted.map((one) => (one.role === "logical" ? { ...one, number: logical++ } : one)),
  };
}

export const replaced = (picture: Picture, before: PicturedPartition, after: PicturedPartition): Picture =>
  arranged(
    picture,
    picture.partitions.map((one) => (one === before ? after : one)),
  );

/** Space that no partition takes: inside of an extended partition for logical ones, and outside of it for others. */
export interface FreeSpace extends Extent {
  readonly inside: "disk" | "extended";
}

/**
 * Where partitions can be made, in disk order, starts and ends at whole MiBs. Each free space inside of an extended
 * partition leaves out the MiB for the boot record of the logical partition that would lie there.
 */
export function freeSpaces(picture: Picture): FreeSpace[] {
  const { tableType, size, sectorSize, partitions } = picture;
  if (tableType === "none") return [];
  const usable = usableOf(tableType, size, sectorSize);
  const extended = partitions.find(({ role }) => role === "extended");
  const outer = partitions.filter(({ role }) => role !== "logical");
  const logical = partitions.filter(({ role }) => role === "logical");
  return [
    ...between({ start: Math.max(usable.start, MIB), end: usable.end }, outer, 0).map((one) => inside(one, "disk")),
    ...(extended ? between(extentOf(extended), logical, MIB).map((one) => inside(one, "extended")) : []),
  ].toSorted((a, b) => a.start - b.start);
}

const inside = (extent: Extent, where: FreeSpace["inside"]): FreeSpace => ({ ...extent, inside: where });
export const extentOf = (one: { start: number; size: number }): Extent => ({ start: one.start, end: endOf(one) });

/** @param record bytes that each space keeps before its start */
function between(room: Extent, partitions: readonly PicturedPartition[], record: number): Extent[] {
  const free: Extent[] = [];
  let at = room.start;
  const add = (end: number) => {
    const space = { start: roundUp(at + record, MIB), end: roundDown(end, MIB) };
    if (space.end > space.start) free.push(space);
  };
  for (const one of partitions.toSorted((a, b) => a.start - b.start)) {
    // The record of the next logical partition stands before it.
    add(one.start - record);
    at = Math.max(at, endOf(one));
  }
  add(room.end);
  return free;
}
