import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { asDetail } from "#base/sentence.ts";
import { type BlockDevice, type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import type { Extent, ExtentList } from "#imaging/extent.ts";
import { chooseJournal } from "#imaging/partition/move/choose-journal.ts";
import { JOURNAL_BYTES } from "#imaging/partition/move/journal-place.ts";
import type { ResizeDescription } from "#imaging/partition/move/move-description.ts";
import { MoveJournal } from "#imaging/partition/move/move-journal.ts";
import { type Change, freeSpaces } from "#imaging/partition/picture.ts";
import { applyChanges } from "#imaging/partition/resize/apply-changes.ts";
import { logBytes, writeLog } from "#imaging/partition/resize/change-log.ts";
import { findFitting, fitInPlace, stageInPlace } from "#imaging/partition/resize/fit-in-place.ts";
import { logSpace } from "#imaging/partition/resize/log-space.ts";
import { usedBlocks } from "#imaging/partition/used-blocks.ts";
import { resizeFailed } from "#imaging/resize/problems.ts";
import type { OnProgress } from "#imaging/resize/resizer.ts";
import { hear } from "#imaging/words/hear.ts";
import { sayError } from "#imaging/words/say-problem.ts";

type Journal = MoveJournal<ResizeDescription>;

/**
 * Brings a partition and its file system to another size, in one step that a power cut cannot divide. Its tool works on
 * the partition itself, but what it writes to blocks in use is kept beside it; these changes are written down where nobody
 * uses the disk, and only then made. Until then the partition is as it was, whatever happens. Yields the share done.
 * @throws EDIT_INVALID when there is no room for the journal; RESIZE_UNDONE; READ_FAILED, WRITE_FAILED, MOVE_READS_BACK
 */
export async function* resizeVolume(
  device: BlockDevice,
  change: Change,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  let journal: Journal;
  try {
    journal = yield* prepare(device, change, signal);
  } catch (error) {
    throw undone(error, device, change.number);
  }
  await applyChanges(device, journal);
}

/** All but the changes themselves: when it returns they are written down. */
async function* prepare(
  device: BlockDevice,
  change: Change,
  signal: AbortSignal,
): AsyncGenerator<number, Journal, undefined> {
  const { place, moved: before, there: after, common } = await chooseJournal(device, change);
  const fitting = await findFitting(device, before, after);
  const begin = (log: Pick<ResizeDescription, "log" | "pieces" | "indexCrc32">): Promise<Journal> =>
    MoveJournal.begin(device, place, { ...common, kind: "resize", ...log });
  if (!fitting) return begin({ log: [], pieces: 0, indexCrc32: 0 });
  const used = await usedBlocks(slice(device, before.start, before.size));
  await using staged = await stageInPlace(fitting, used);
  yield* shares((told) => fitInPlace(fitting, staged, signal, told));
  await staged.flush();
  const room = roomBeside(change, before.start, Math.max(before.size, after.size), place);
  const left = await usedBlocks(slice(staged.view, 0, after.size));
  // What lies behind the new end is nobody's afterwards.
  const changes = [...staged.kept()].flatMap((one) => clipped(one, after.size));
  const written = { changed: staged.view, changes, target: before.start };
  const log = await writeDown(device, written, room, [used.moved(before.start), left.moved(before.start)]);
  if (!log) throw resizeFailed(device, after.size, NO_ROOM);
  return begin({ ...log, log: log.extents.map(({ start, end }) => [start, end]) });
}

const NO_ROOM = "there is no room on the disk where its changes can be written down first; make some free space";

async function writeDown(
  device: BlockDevice,
  written: { changed: ReadableDevice; changes: readonly Extent[]; target: number },
  room: readonly Extent[],
  used: readonly ExtentList[],
) {
  const extents = logSpace(room, used, logBytes(written.changes));
  return extents && writeLog(device, extents, written);
}

/** In the partition, of before and of after, and in the free space of the disk; but not where the journal goes. */
function roomBeside({ before }: Change, start: number, size: number, place: number): Extent[] {
  const inside = { start, end: start + size };
  const spaces = freeSpaces(before).filter((one) => one.end <= inside.start || one.start >= inside.end);
  return [inside, ...spaces].flatMap((one) => [
    ...clipped(one, place),
    ...(one.end > place + JOURNAL_BYTES ? [{ ...one, start: Math.max(one.start, place + JOURNAL_BYTES) }] : []),
  ]);
}

const clipped = ({ start, end }: Extent, most: number): Extent[] =>
  start < most ? [{ start, end: Math.min(end, most) }] : [];

const TICK_MS = 250;

/** What is told by a function that is called, as it goes on. */
async function* shares(start: (told: OnProgress) => Promise<void>): AsyncGenerator<number, void, undefined> {
  let share = 0;
  let isOver = false;
  const ended = start((now) => {
    share = Math.max(share, now); // a tool of many steps begins anew
  }).finally(() => {
    isOver = true;
  });
  ended.catch(() => {}); // thrown below
  while (!isOver) {
    await Promise.race([ended, sleep(TICK_MS)]);
    yield share;
  }
  await ended;
}

const OUTCOMES = ["RESIZE_FAILED", "FILESYSTEM_UNSOUND", "STAGE_FULL", "STAGE_FAILED", "TOOL_FAILED"] as const;

/** What a tool says is of the stage that it saw. */
function undone(error: unknown, device: BlockDevice, number: number): unknown {
  if (!isLifeboatError(error) || !OUTCOMES.some((code) => code === error.code)) return error;
  const reason = "reason" in error.details ? hear(String(error.details.reason)) : sayError(error);
  const details = { device: device.path, number, reason: reason.text };
  return new LifeboatError("RESIZE_UNDONE", details, { cause: error, ...asDetail("reason", reason) });
}
