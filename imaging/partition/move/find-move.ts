import { LifeboatError } from "#base/errors.ts";
import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { journalPlaces } from "#imaging/partition/move/journal-place.ts";
import type { JournalDescription } from "#imaging/partition/move/move-description.ts";
import { MoveJournal, readMove } from "#imaging/partition/move/move-journal.ts";
import type { MoveRecord } from "#imaging/partition/move/move-record.ts";
import { extentOf } from "#imaging/partition/picture.ts";

/**
 * A move or a change of size that was begun on this disk and is not finished. Its journal lies where the other partitions
 * leave room: the one that changes may be in the table still, or again, and a table that was half written when the power
 * went need not be in order.
 */
export async function findMove(device: BlockDevice): Promise<MoveJournal | undefined> {
  const found = await lookForMove(device);
  return found && new MoveJournal(device, found.place, found);
}

/** The same for who only reads. */
export async function lookForMove(device: ReadableDevice): Promise<FoundMove | undefined> {
  const { type: tableType, partitions } = await readPartitionTable(device);
  const { size, sectorSize } = device;
  if (tableType === "none") return undefined;
  const all = partitions.map(extentOf);
  const others = [all, ...all.map((one) => all.filter((other) => other !== one))];
  const places = new Set(others.flatMap((taken) => journalPlaces({ tableType, size, sectorSize, taken })));
  for (const place of places) {
    const found = await readMove(device, place);
    if (found && found.description.size === device.size) return { place, ...found };
  }
  return undefined;
}

interface FoundMove {
  /** Byte of the disk. */
  readonly place: number;
  readonly description: JournalDescription;
  readonly record: MoveRecord;
}

export const refuseUnfinished = (journal: Pick<FoundMove, "description"> | undefined, device: string): void => {
  if (journal) throw new LifeboatError("MOVE_UNFINISHED", { device, number: journal.description.number });
};
