import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import type { MoveDescription } from "#imaging/partition/move/move-description.ts";
import type { MoveJournal } from "#imaging/partition/move/move-journal.ts";
import { withoutMoved, writeTable } from "#imaging/partition/move/write-table.ts";
import { moveBootSector } from "#imaging/restore/boot-sector.ts";
import { dropCache } from "#imaging/restore/target-device.ts";

/** Bytes of the longest window: it is held in memory, and read back. */
export const MOST_WINDOW = 16 << 20;

/**
 * Moves what is in a partition, window after window, and goes on where a journal says that it was interrupted. While it
 * moves the partition is in no table: no system takes half of it for a whole one. Each window is flushed and read back
 * before the journal says so, and nothing of it was overwritten until then. Yields bytes done.
 * @throws READ_FAILED, WRITE_FAILED, MOVE_READS_BACK
 */
export async function* moveData(
  device: BlockDevice,
  journal: MoveJournal<MoveDescription>,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  const { description } = journal;
  if (!journal.isCopied) {
    await writeTable(device, description, withoutMoved(description));
    yield* copyWindows(device, journal, signal);
    await journal.note({ copied: 1 });
  }
  const { from, to: start, bytes: size, filesystem: type, sectorSize } = description;
  await moveBootSector(device, { start: from, type }, { start, size }, sectorSize);
  await writeTable(device, description, description.after);
  await journal.remove();
}

async function* copyWindows(
  device: BlockDevice,
  journal: MoveJournal<MoveDescription>,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  const { from, to, bytes, window } = journal.description;
  const count = Math.ceil(bytes / window);
  // As memmove: what is overwritten was copied before.
  const isBackwards = to > from;
  for (let done = journal.done; done < count; ) {
    signal.throwIfAborted();
    const number = isBackwards ? count - 1 - done : done;
    await copyWindow(device, journal.description, number * window, Math.min(bytes, (number + 1) * window));
    await journal.note({ done: ++done });
    yield Math.min(bytes, done * window);
  }
}

async function copyWindow(
  device: BlockDevice,
  { from, to, extents }: MoveDescription,
  start: number,
  end: number,
): Promise<void> {
  const copied: { at: number; content: Uint8Array }[] = [];
  for (const [first, last] of within(extents, start, end)) {
    const content = await readBytes(device, from + first, last - first);
    await device.write(content, to + first);
    copied.push({ at: to + first, content });
  }
  if (copied.length === 0) return;
  await device.flush();
  await dropCache(device.path);
  for (const { at, content } of copied)
    if (Buffer.compare(await readBytes(device, at, content.length), content) !== 0)
      throw new LifeboatError("MOVE_READS_BACK", { device: device.path, offset: at });
}

function* within(extents: MoveDescription["extents"], start: number, end: number): Generator<[number, number]> {
  for (const [first, last] of extents) {
    if (first >= end) return;
    if (last > start) yield [Math.max(first, start), Math.min(last, end)];
  }
}
