import { cloneLayout, identityNotes } from "#imaging/clone/clone-ids.ts";
import { type OpenDiskOptions, openDisk } from "#imaging/clone/open-disk.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { type IntoRequest, planInto } from "#imaging/into/plan-into.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { chooseLayout } from "#imaging/layout/choose-layout.ts";
import type { LayoutWish, PlannedLayout } from "#imaging/layout/layout.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import type { CloneSource, RestoreOptions, RestorePlan } from "#imaging/plan/plan.ts";
import { type PlanContext, planRestore } from "#imaging/plan/plan-restore.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import { onlySystems } from "#imaging/systems/only-systems.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

/** What of a disk shall lie where on the target. */
export interface PlaceWish {
  readonly layout: LayoutWish | undefined;
  /** Only what the systems on it need. */
  readonly onlySystems?: boolean;
  /** One partition of it, into a place of a disk that keeps all else. */
  readonly into?: IntoRequest | undefined;
}

export interface CloneWish extends OpenDiskOptions, PlaceWish {}

/** The rest of what a plan is made of. */
export interface CloneContext {
  readonly context: Omit<PlanContext, "layout" | "source">;
  readonly options: RestoreOptions;
  /** What is to be done to the systems on the copy. */
  readonly mendOf?: (manifest: Manifest, layout: PlannedLayout | undefined) => MendWish | undefined;
  /** Whether they will start then. */
  readonly preflightOf?: (image: Restorable, coming: ComingSystems) => Promise<Verdict | undefined>;
}

/** What is known of the systems on a copy. */
export interface ComingSystems {
  readonly mend: MendWish | undefined;
  readonly layout: PlannedLayout | undefined;
  readonly keys: readonly VolumeKey[];
}

/**
 * Looks at a disk, and plans its copy onto another one. The source is held while it is looked at, and never written to.
 * @throws what openDisk, chooseLayout and planRestore throw
 */
export async function planClone(
  source: Disk,
  target: Disk,
  wish: CloneWish,
  given: CloneContext,
): Promise<RestorePlan> {
  const { id, path, kind, size, sectorSize } = source;
  const { raw, leaveOutPageFiles = false } = wish;
  const cloned = { id, path, kind, size, sectorSize, raw, leaveOutPageFiles };
  if (!wish.into) refuseUnwritable({ path }, target, { ...given.context, source: cloned }); // before it is looked at for room
  await using image = await openDisk(source, wish);
  return await planCopy(image, cloned, target, wish, given, wish.unlock);
}

/**
 * Of a disk that is open. @param keys of what is encrypted on it: without one it keeps its size
 * @throws what chooseLayout and planRestore throw
 */
export async function planCopy(
  image: Restorable,
  source: CloneSource,
  target: Disk,
  wish: PlaceWish,
  { context, options, mendOf, preflightOf }: CloneContext,
  keys: readonly VolumeKey[] = [],
): Promise<RestorePlan> {
  const cloned = { ...context, source };
  if (wish.into) return await planInto(image, target, { ...wish.into, keys }, { context: cloned, options });
  refuseUnwritable(image, target, cloned);
  const wanted = wish.onlySystems ? await onlySystems(image, wish.layout, keys) : wish.layout;
  // The disk of another machine is in nobody's way.
  const isBeside = source.remote === undefined;
  const layoutWish = isBeside ? cloneLayout(wanted, image.manifest) : wanted;
  const layout = await chooseLayout(image, target, layoutWish, { keys });
  const mend = mendOf?.(image.manifest, layout);
  const notes = isBeside ? identityNotes(layoutWish?.ids === "new", image.manifest, mend?.renew) : [];
  const preflight = await preflightOf?.(image, { mend, layout, keys });
  return planRestore(image, target, { ...cloned, layout, notes, mend, preflight }, options);
}
