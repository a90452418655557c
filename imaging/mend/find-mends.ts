import type { Sentence } from "#base/sentence.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { diskVolumes } from "#imaging/installed/disk-volumes.ts";
import { closedNote } from "#imaging/mend/closed-note.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import { mendInput } from "#imaging/mend/mend-input.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { MendFindings, MendInput } from "#imaging/tasks/mend-task.ts";
import { runTask } from "#imaging/tasks/run-task.ts";
import type { UndoFindings } from "#imaging/tasks/undo-task.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

export interface FindMendsOptions {
  /** False: nothing is written. */
  readonly apply: boolean;
  readonly wish: MendWish;
  /** That the disk is for, where it is known. */
  readonly machine?: MachineHardware | undefined;
  /** A partition that will be made first, for a plan. */
  readonly coming?: NonNullable<MendInput["boot"]>["coming"];
  readonly keys?: readonly VolumeKey[];
  /** "2026-11-29T12-00-00Z" */
  readonly time: string;
  readonly signal: AbortSignal;
  readonly onStep?: (step: Sentence) => void;
}

/**
 * Looks into the systems of a disk for what is to be mended, and mends what lies in their files. What lies outside of file
 * systems is only found out.
 * @param device held by the caller
 * @throws what runTask and the plans of systems throw
 */
export async function findMends(
  device: BlockDevice,
  options: FindMendsOptions,
): Promise<MendFindings & Partial<Pick<UndoFindings, "undone">>> {
  const { wish, machine, coming, apply, keys = [], time, signal, onStep } = options;
  await using volumes = await diskVolumes(device, keys);
  const { discardHibernation } = wish;
  const run = { write: apply, discardHibernation, signal, ...(onStep && { onStep }) };
  const input: MendInput = {
    ...{ path: device.path, sectorSize: device.sectorSize, apply, time, ...mendInput(wish, machine) },
    ...(wish.boot && { boot: { firmware: wish.firmware, renew: wish.renew ?? false, coming } }),
  };
  const undoing = { ...{ path: device.path, apply, time }, ...(discardHibernation && { discardHibernation }) };
  const found = wish.undo
    ? await runTask("undo", { ...undoing, undo: wish.undo }, volumes, run)
    : await runTask("mend", input, volumes, run);
  return { ...found, notes: [...volumes.closed.map(closedNote), ...found.notes] };
}
