import { planClone } from "#imaging/clone/plan-clone.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { refuseUndoOnTarget } from "#imaging/undo/place.ts";
import type { WishRequest } from "#imaging/wish/plan-wish.ts";
import { USUAL_SYSTEMS } from "#imaging/wish/restore-wish.ts";
import { judgeRestore, mendFor, withFirmware } from "#imaging/wish/systems.ts";

export interface CloneWishRequest extends Omit<WishRequest, "read"> {
  /** Every sector, used or not. */
  readonly raw?: boolean;
  /** The content of Windows' page and hibernation files. */
  readonly leaveOutPageFiles?: boolean;
}

/**
 * Disk + target + what is wanted -> plan, as planWish does it for an image. Nothing is written.
 * @throws what planClone and preflight throw; UNDO_ON_TARGET
 */
export async function planCloneWish(source: Disk, target: Disk, request: CloneWishRequest): Promise<RestorePlan> {
  const { wish, options, context, keys = [], drivers, machine, signal, raw = false, leaveOutPageFiles } = request;
  const { into, onlySystems, systems = USUAL_SYSTEMS } = wish;
  const place = {
    layout: withFirmware(wish.layout, systems.firmware),
    ...(onlySystems && { onlySystems }),
    ...(into && { into }),
  };
  const opening = { raw, leaveOutPageFiles: leaveOutPageFiles === true, createdAt: new Date().toISOString() };
  const plan = await planClone(
    source,
    target,
    { ...place, ...opening, unlock: keys },
    {
      ...{ context, options },
      mendOf: (manifest, layout) => mendFor(systems, drivers, manifest, layout),
      preflightOf: async (image, { mend, layout, keys: known }) => {
        const judged = mend && (await machine());
        return judged && judgeRestore(image, target, { systems, layout, machine: judged, keys: known, signal });
      },
    },
  );
  if (plan.undo) await refuseUndoOnTarget(plan.undo, target);
  return plan;
}
