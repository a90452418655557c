import type { Restorable } from "#imaging/image/restorable.ts";
import { planInto } from "#imaging/into/plan-into.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { chooseLayout } from "#imaging/layout/choose-layout.ts";
import type { RestoreOptions, RestorePlan } from "#imaging/plan/plan.ts";
import { type PlanContext, planRestore } from "#imaging/plan/plan-restore.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import type { readContent } from "#imaging/preflight/content/read-content.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { onlySystems } from "#imaging/systems/only-systems.ts";
import { refuseUndoOnTarget } from "#imaging/undo/place.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";
import { type RestoreWish, USUAL_SYSTEMS } from "#imaging/wish/restore-wish.ts";
import { judgeRestore, mendFor, withFirmware } from "#imaging/wish/systems.ts";

export interface WishRequest {
  readonly wish: RestoreWish;
  readonly options: RestoreOptions;
  readonly context: Pick<PlanContext, "imageDiskId" | "undo">;
  /** Of what is encrypted. */
  readonly keys?: readonly VolumeKey[];
  /** Folders with drivers for Windows. */
  readonly drivers: readonly string[];
  /** The machine that the disk is for, asked only where something could start; undefined: nobody knows, or wants to. */
  readonly machine: () => Promise<MachineHardware | undefined>;
  readonly signal: AbortSignal;
  /** What an image has for a machine, where that is known already. */
  readonly read?: typeof readContent;
}

/**
 * Image + target + what is wanted -> plan: the one way of the command and of the rescue system. Nothing is written.
 * @throws what planInto, chooseLayout, onlySystems, preflight and planRestore throw; UNDO_ON_TARGET
 */
export async function planWish(
  image: Restorable,
  target: Disk,
  { wish, options, context, keys = [], drivers, machine, signal, read }: WishRequest,
): Promise<RestorePlan> {
  const { into, systems = USUAL_SYSTEMS } = wish;
  if (into) return planInto(image, target, { ...into, keys }, { context: {}, options });
  refuseUnwritable(image, target, context); // before it is looked at for room
  const asked = withFirmware(wish.layout, systems.firmware);
  const layoutWish = wish.onlySystems ? await onlySystems(image, asked, keys) : asked;
  const layout = await chooseLayout(image, target, layoutWish, { keys, signal });
  const mend = mendFor(systems, drivers, image.manifest, layout);
  const known = mend && (await machine());
  const preflight =
    known &&
    (await judgeRestore(image, target, { systems, layout, machine: known, keys, signal, ...(read && { read }) }));
  const plan = planRestore(image, target, { ...context, layout, mend, preflight }, options);
  if (plan.undo) await refuseUndoOnTarget(plan.undo, target);
  return plan;
}
