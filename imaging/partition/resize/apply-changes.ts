import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import type { ResizeDescription } from "#imaging/partition/move/move-description.ts";
import type { MoveJournal } from "#imaging/partition/move/move-journal.ts";
import { withoutMoved, writeTable } from "#imaging/partition/move/write-table.ts";
import { type LogPlace, readLog } from "#imaging/partition/resize/change-log.ts";
import { dropCache } from "#imaging/restore/target-device.ts";

/**
 * Does what a log says; once it is begun it can be done any number of times. The log is read whole before the first piece
 * of it is written. Meanwhile the partition is in no table: no system takes half of a change for a whole one.
 * @throws MOVE_READS_BACK, READ_FAILED, WRITE_FAILED
 */
export async function applyChanges(device: BlockDevice, journal: MoveJournal<ResizeDescription>): Promise<void> {
  const { description } = journal;
  const log: LogPlace = { ...description, extents: description.log.map(([start, end]) => ({ start, end })) };
  for await (const _piece of readLog(device, log));
  await writeTable(device, description, withoutMoved(description));
  for await (const { target, piece } of readLog(device, log)) await device.write(piece, target);
  await device.flush();
  await dropCache(device.path);
  for await (const { target, piece } of readLog(device, log))
    if (Buffer.compare(await readBytes(device, target, piece.length), piece) !== 0)
      throw new LifeboatError("MOVE_READS_BACK", { device: device.path, offset: target });
  await writeTable(device, description, description.after);
  await journal.remove();
}
