import { createHash } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { sentenceOf } from "#base/sentence.ts";
import { firmwareEdits } from "#imaging/boot/firmware/firmware-edits.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import type { Partition } from "#imaging/disk/partition.ts";
import { type Disk, diskName, fileOptions } from "#imaging/inventory/disk.ts";
import { findMends } from "#imaging/mend/find-mends.ts";
import type { MendPlan, MendWish } from "#imaging/mend/mend.ts";
import { findMove, refuseUnfinished } from "#imaging/partition/move/find-move.ts";
import type { Picture } from "#imaging/partition/picture.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { pictures, planEdits, seedOf } from "#imaging/partition/plan-edits.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { MendFindings } from "#imaging/tasks/mend-task.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

export interface PlanMendOptions {
  /** That the disk is for, where it is known. */
  readonly machine?: MachineHardware | undefined;
  readonly keys?: readonly VolumeKey[];
  readonly signal: AbortSignal;
}

/**
 * What will be done to the systems of a disk. The disk is only read. Files that start files are made of are named as they are
 * now: what is to be made anew after they have changed is in the plan, what is in it then is not.
 * @throws TARGET_IN_USE, TARGET_IS_BOOT_MEDIUM, TARGET_READ_ONLY, MOVE_UNFINISHED, BOOT_NO_PLACE; what findMends throws
 */
export async function planMend(
  disk: Disk,
  wish: MendWish,
  { machine, keys, signal }: PlanMendOptions,
): Promise<MendPlan> {
  refuseUnwritable({ path: "" }, disk, {});
  await using device = await openDevice(disk.path, fileOptions(disk));
  refuseUnfinished(await findMove(device), disk.path);
  if (disk.unfinishedRestore !== undefined) throw new LifeboatError("BOOT_UNFINISHED_RESTORE", { disk: disk.path });
  const picture = await pictureDisk(device, () => ({}));
  const edits = wish.firmware ? firmwareEdits(picture, wish.firmware, disk.path) : [];
  const after = edits.length > 0 ? pictures(picture, edits, seedOf(disk)).at(-1) : undefined;
  const coming = after && comingPartition(picture, after);
  const found = await findMends(device, {
    ...{ apply: false, wish, machine, coming, signal, time: "PLAN" },
    ...(keys && { keys }),
  });
  const { id, path, kind, size, sectorSize, fingerprint } = disk;
  const plan: Omit<MendPlan, "id"> = {
    format: "lifeboat-mend/1",
    target: { id, path, kind, name: diskName(disk), size, sectorSize },
    // What is taken back is fixed here: when it is done, no later one may have come.
    wish: found.undone === undefined ? wish : { ...wish, undo: { ...wish.undo, time: found.undone } },
    partitions: edits.length > 0 ? planEdits(disk, picture, edits).steps : [],
    ...outside(found),
    systems: [...found.systems],
    fingerprint,
  };
  const hash = createHash("sha256").update(JSON.stringify(plan)).digest("hex");
  return { ...plan, id: `mend-${hash.slice(0, 16)}` };
}

/** What a plan and a report say of it. */
export const outside = ({ esps, disk, notes, problems }: MendFindings) => ({
  loaders: [...esps],
  disk: disk.map(({ offset, bytes, ...why }) => ({
    ...{ offset, length: Buffer.byteLength(bytes, "base64") },
    ...sentenceOf(why),
  })),
  notes: [...notes],
  problems: [...problems],
});

function comingPartition(before: Picture, after: Picture): Partition | undefined {
  const made = after.partitions.find(({ source, role }) => source === undefined && role !== "extended");
  if (!made || before.partitions.length === after.partitions.length) return undefined;
  const { number, start, size, type, name, guid, active, role, attributes } = made;
  return { number, start, size, type, name, guid, active, role, attributes };
}
