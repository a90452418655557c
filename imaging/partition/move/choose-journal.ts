import { randomUUID } from "node:crypto";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { editInvalid } from "#imaging/partition/edit-invalid.ts";
import { freePlace } from "#imaging/partition/move/journal-place.ts";
import type { ResizeDescription } from "#imaging/partition/move/move-description.ts";
import { type Change, extentOf, type PicturedPartition } from "#imaging/partition/picture.ts";
import { pictureTable } from "#imaging/partition/picture-table.ts";
import { say } from "#imaging/words/say.ts";

/** What a journal says of the disk and its table, whatever is done. */
type Common = Omit<ResizeDescription, "kind" | "log" | "pieces" | "indexCrc32">;

/** @throws EDIT_INVALID when no place for a journal is free */
export async function chooseJournal(
  device: BlockDevice,
  { before, after, number }: Change,
): Promise<{ place: number; moved: PicturedPartition; there: PicturedPartition; common: Common }> {
  const moved = before.partitions.find((one) => one.number === number);
  const there = after.partitions.find((one) => one.source !== undefined && one.source === moved?.source);
  const { tableType, size, sectorSize, diskId } = before;
  if (!moved || !there || tableType === "none") throw new Error(`partition ${number} is in no picture`);
  const taken = before.partitions.filter((one) => one !== moved).map(extentOf);
  const place = await freePlace(device, { tableType, size, sectorSize, taken }, [extentOf(moved), extentOf(there)]);
  if (place === undefined) throw editInvalid(say("cannot.journal"));
  const common: Common = {
    ...{ moveId: randomUUID(), tableType, diskId, size, sectorSize, number: there.number, from: moved.start },
    before: [...pictureTable(before).partitions],
    after: [...pictureTable(after).partitions],
  };
  return { place, moved, there, common };
}
