import type { BlockDevice } from "#imaging/device/block-device.ts";
import { moveData } from "#imaging/partition/move/move-data.ts";
import type { MoveDescription, ResizeDescription } from "#imaging/partition/move/move-description.ts";
import type { MoveJournal } from "#imaging/partition/move/move-journal.ts";
import { applyChanges } from "#imaging/partition/resize/apply-changes.ts";

/** Goes on with what a journal says. Yields bytes done. @throws READ_FAILED, WRITE_FAILED, MOVE_READS_BACK */
export async function* finishChange(
  device: BlockDevice,
  journal: MoveJournal,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  if (isMove(journal)) yield* moveData(device, journal, signal);
  else await applyChanges(device, journal as MoveJournal<ResizeDescription>);
}

const isMove = (journal: MoveJournal): journal is MoveJournal<MoveDescription> => journal.description.kind === "move";
