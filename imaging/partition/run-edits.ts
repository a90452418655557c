import { LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { type BlockDevice, slice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { tableExtentsToErase } from "#imaging/disk/partition-table.ts";
import { fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import { bytesToMove, movedOf } from "#imaging/partition/bytes-to-move.ts";
import type { Edit, NewFilesystem } from "#imaging/partition/edit.ts";
import type { EditPlan, EditReport } from "#imaging/partition/edit-plan.ts";
import { finishChange } from "#imaging/partition/finish-change.ts";
import { knownLimits } from "#imaging/partition/known-limits.ts";
import { labelFilesystem, makeFilesystem } from "#imaging/partition/make-filesystem.ts";
import { mendOfMove } from "#imaging/partition/mend-of-edits.ts";
import { beginMove } from "#imaging/partition/move/begin-move.ts";
import { findMove, refuseUnfinished } from "#imaging/partition/move/find-move.ts";
import { moveData } from "#imaging/partition/move/move-data.ts";
import type { Picture, PicturedPartition } from "#imaging/partition/picture.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { pictures, seedOf } from "#imaging/partition/plan-edits.ts";
import { resizeVolume } from "#imaging/partition/resize/resize-volume.ts";
import { usedBlocks } from "#imaging/partition/used-blocks.ts";
import { writePicture } from "#imaging/partition/write-picture.ts";
import { clearPrivateMounts } from "#imaging/resize/private-mount.ts";
import { onStage } from "#imaging/restore/on-stage.ts";
import { rereadTable } from "#imaging/restore/target-device.ts";
import { clearStages } from "#imaging/stage/staged-volume.ts";
import { holdFile } from "#imaging/system/hold-file.ts";

export type EditPhase = "edit";
type Steps<R = void> = AsyncGenerator<Progress<EditPhase>, R, undefined>;

/**
 * Carries out operations on the partitions of a disk, one after the other. After each of them the disk is whole again, and
 * a move that is interrupted goes on with `resumeMove`.
 * @throws PLAN_STALE, EDIT_INVALID, MOVE_UNFINISHED, TARGET_IN_USE, TOOL_FAILED, TOOL_MISSING, READ_FAILED, WRITE_FAILED
 */
export const runEdits = (plan: EditPlan): Operation<Progress<EditPhase>, EditReport> =>
  async function* (signal) {
    const started = Date.now();
    yield* held(plan.target, async function* (device) {
      const disk = await findDisk(
        plan.target.kind === "file" ? plan.target.path : plan.target.id,
        fileOptions(plan.target),
      );
      refuseUnfinished(await findMove(device), device.path);
      if (disk.fingerprint !== plan.fingerprint)
        throw new LifeboatError("PLAN_STALE", {
          planned: plan.fingerprint.slice(0, 12),
          current: disk.fingerprint.slice(0, 12),
        });
      const now = await pictureDisk(device, await knownLimits(device, plan.edits));
      const all = pictures(now, plan.edits, seedOf(disk));
      const bytes = bytesToMove(plan.edits, all);
      const meter = new ProgressMeter<EditPhase>([{ phase: "edit", bytes }]);
      const entered = meter.enter("edit");
      if (bytes > 0) yield entered;
      let done = 0;
      for (const [i, edit] of plan.edits.entries()) {
        signal.throwIfAborted();
        const [before, after] = [all[i] as Picture, all[i + 1] as Picture];
        for await (const moved of perform(device, edit, before, after, signal)) yield meter.at(done + moved);
        done += bytesToMove([edit], [before, after]);
      }
    });
    return { kind: "partition", planId: plan.id, seconds: (Date.now() - started) / 1000, steps: plan.steps };
  };

/**
 * Finishes a move that was interrupted. @returns its partition's number, and what is to be done to the systems on the disk then
 * @throws NOT_FOUND when there is none on this disk
 */
export const resumeMove = (
  target: EditPlan["target"],
): Operation<Progress<EditPhase>, { number: number; mend?: MendWish | undefined }> =>
  async function* (signal) {
    let number = 0;
    let mend: MendWish | undefined;
    yield* held(target, async function* (device) {
      const journal = await findMove(device);
      if (!journal) throw new LifeboatError("NOT_FOUND", { what: `an unfinished move on ${device.path}` });
      ({ number } = journal.description);
      mend = mendOfMove(journal.description);
      const bytes = journal.description.kind === "move" ? journal.description.bytes : 0;
      const meter = new ProgressMeter<EditPhase>([{ phase: "edit", bytes }]);
      yield meter.enter("edit");
      for await (const moved of finishChange(device, journal, signal)) yield meter.at(moved);
    });
    return { number, mend };
  };

/**
 * The disk is held for this job alone, and the kernel looks at it anew in the end. What a change that was killed has left mounted goes
 * first: tools that look through the table of mounts stumble over it (btrfs check), also where nothing is to be finished.
 */
async function* held(target: EditPlan["target"], use: (device: BlockDevice) => Steps): Steps {
  const { path, kind } = target;
  await clearPrivateMounts();
  await clearStages();
  try {
    await using _hold = kind === "file" ? await holdFile(path) : undefined;
    const options = { write: true, exclusive: kind === "block", ...fileOptions(target) };
    await using device = await openDevice(path, options);
    yield* use(device);
  } finally {
    if (kind === "block") await rereadTable(path);
  }
}

async function* perform(
  device: BlockDevice,
  edit: Edit,
  before: Picture,
  after: Picture,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  const one = movedOf(edit, before);
  if (edit.op === "move" && one) {
    if (after === before) return;
    const used = await usedBlocks(slice(device, one.start, one.size));
    yield* moveData(device, await beginMove(device, { before, after, number: one.number }, used), signal);
    return;
  }
  if (edit.op === "resize" && one && one.role !== "extended") {
    const bytes = bytesToMove([edit], [before, after]);
    for await (const share of resizeVolume(device, { before, after, number: one.number }, signal)) yield share * bytes;
    return;
  }
  if (edit.op === "label" && one?.filesystem) {
    await onVolume(device, one, (path) => labelFilesystem(path, one.filesystem as string, edit.label, signal));
    return;
  }
  if (edit.op === "format" && one) await format(device, one, edit.filesystem, edit.label, signal);
  if (edit.op === "create") {
    const made = after.partitions.find(
      ({ start, role }) => role !== "extended" && !before.partitions.some((b) => b.start === start && b.role === role),
    );
    // Made before it is in the table: no system sees it half made.
    if (made) await format(device, made, edit.filesystem, edit.label, signal);
  }
  if (edit.op === "table" || edit.op === "convert") await clearTables(device);
  await writePicture(device, after);
}

const SIGNATURE_BYTES = 1 << 20;

/** Old signatures go first: a new file system does not write over all of them. */
async function format(
  device: BlockDevice,
  { start, size }: PicturedPartition,
  filesystem: NewFilesystem | undefined,
  label: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const end = Math.min(SIGNATURE_BYTES, size);
  await device.write(new Uint8Array(end), start);
  await device.write(new Uint8Array(end), start + size - end);
  await device.flush();
  if (!filesystem) return;
  const { sectorSize } = device;
  await onVolume(device, { start, size }, (path) => makeFilesystem(path, { filesystem, label, sectorSize }, signal));
}

/** Shows a partition alone to its tools. */
const onVolume = (
  target: BlockDevice,
  { start, size }: { start: number; size: number },
  use: (path: string) => Promise<void>,
): Promise<void> => onStage({ target, start, size, shown: size }, (staged) => use(staged.path));

/** A GPT behind a new MBR, or the other way round, would be found by somebody. Boot code stays. */
async function clearTables(device: BlockDevice): Promise<void> {
  const { size, sectorSize } = device;
  const behindTable = Math.max(34 * 512, 6 * sectorSize); // LBA 34 or 6: usableOf
  for (const { start, end } of tableExtentsToErase(size, sectorSize)) {
    const [from, to] = start === 0 ? [sectorSize, behindTable] : [start, end];
    if (to > from) await device.write(new Uint8Array(to - from), from);
  }
}
