import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { Extent, ExtentList } from "#imaging/extent.ts";
import { roundDown } from "#imaging/layout/layout.ts";
import { chooseJournal } from "#imaging/partition/move/choose-journal.ts";
import { DESCRIPTION_AT, JOURNAL_BYTES } from "#imaging/partition/move/journal-place.ts";
import { MOST_WINDOW } from "#imaging/partition/move/move-data.ts";
import type { MoveDescription } from "#imaging/partition/move/move-description.ts";
import { MoveJournal } from "#imaging/partition/move/move-journal.ts";
import type { Change } from "#imaging/partition/picture.ts";

/** Two numbers and a comma or two each, in JSON; the tables take the rest. */
const MOST_EXTENTS = Math.floor((JOURNAL_BYTES - DESCRIPTION_AT - (64 << 10)) / 32);

/**
 * Prepares a move: its description is on the disk when this returns, and nothing else has changed.
 * @param used bytes of the partition that are moved, the rest is nobody's
 * @throws EDIT_INVALID when there is no room for the journal
 */
export async function beginMove(
  device: BlockDevice,
  change: Change,
  used: ExtentList,
): Promise<MoveJournal<MoveDescription>> {
  const { place, moved, there, common } = await chooseJournal(device, change);
  used.coarsen(MOST_EXTENTS);
  const { sectorSize } = common;
  const description: MoveDescription = {
    ...{ ...common, kind: "move", to: there.start, bytes: moved.size },
    window: Math.max(sectorSize, roundDown(Math.min(MOST_WINDOW, Math.abs(there.start - moved.start)), sectorSize)),
    ...(moved.filesystem && { filesystem: moved.filesystem }),
    extents: [...used].map(({ start, end }: Extent) => [start, end]),
  };
  return MoveJournal.begin(device, place, description);
}
