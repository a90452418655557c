import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { UndoWish } from "#imaging/plan/undo-place.ts";
import { refuseUndoOnTarget } from "#imaging/undo/place.ts";
import type { DataFilesystem } from "./make-data-volume.ts";
import { refuseAsStick } from "./plan-common.ts";
import { planStick } from "./plan-stick.ts";
import { planUpdate } from "./plan-update.ts";
import { readStick } from "./read-stick.ts";
import type { StickPlan } from "./stick-plan.ts";
import type { StickSystem } from "./stick-work.ts";
import { grubDiffers } from "./update-stick.ts";

export interface StickRequest {
  /** Disks as a user names them: device path, stable id, raw file. */
  readonly targets: readonly string[];
  /** Bytes, of raw files. */
  readonly sectorSize?: number | undefined;
  readonly update: boolean;
  readonly data: DataFilesystem;
  readonly undo: UndoWish;
}

/** A plan, or why there is none: one disk that cannot be a stick is no reason against the others. */
export type PlannedStick =
  | { readonly target: string; readonly plan: StickPlan }
  | { readonly target: string; readonly error: LifeboatError };

/** Looks at the targets before minutes of building. @throws what refuses them, where it refuses all; USAGE for one that is named twice */
export async function lookAtTargets({ targets, sectorSize, update }: StickRequest): Promise<void> {
  const look = async (target: string) => {
    const disk = await writableDisk(target, sectorSize);
    if (update) await readStick(disk);
    return disk;
  };
  const looks = await Promise.all(targets.map((target) => attempt(target, () => look(target))));
  const disks = looks.flatMap((look) => ("value" in look ? [look.value] : []));
  const twice = disks.find(({ id }, i) => disks.findIndex((other) => other.id === id) < i);
  if (twice) throw new LifeboatError("USAGE", { problem: `${twice.path} is named twice` });
  const [first] = looks;
  if (disks.length === 0 && first && "error" in first) throw first.error;
}

/** In the order of the targets. */
export const planSticks = (request: StickRequest, system: StickSystem): Promise<PlannedStick[]> =>
  Promise.all(
    request.targets.map(async (target) => {
      const made = await attempt(target, () => planOne(target, request, system));
      return "value" in made ? { target, plan: made.value } : made;
    }),
  );

async function planOne(target: string, request: StickRequest, system: StickSystem): Promise<StickPlan> {
  const disk = await writableDisk(target, request.sectorSize);
  if (!request.update) {
    const plan = planStick(system, disk, request);
    if (plan.undo) await refuseUndoOnTarget(plan.undo, disk);
    return plan;
  }
  const stick = await readStick(disk);
  await using device = await openDevice(disk.path, fileOptions(disk));
  const differs = await grubDiffers(device, stick, { system });
  return planUpdate(system, disk, { stick, grubDiffers: differs, now: Date.now() });
}

async function writableDisk(target: string, sectorSize: number | undefined): Promise<Disk> {
  const disk = await findDisk(target, { sectorSize });
  refuseAsStick(disk);
  return disk;
}

async function attempt<T>(
  target: string,
  action: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly target: string; readonly error: LifeboatError }> {
  try {
    return { value: await action() };
  } catch (error) {
    if (isLifeboatError(error)) return { target, error };
    throw error;
  }
}
