import { LifeboatError } from "#base/errors.ts";
import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { choosePlace, type IntoWish } from "#imaging/into/choose-place.ts";
import { sliceDisk } from "#imaging/into/slice-disk.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { layoutSource } from "#imaging/layout/layout-source.ts";
import { planVolume } from "#imaging/layout/plan-volume.ts";
import type { IntoPlace, RestoreOptions, RestorePlan } from "#imaging/plan/plan.ts";
import { type PlanContext, planRestore } from "#imaging/plan/plan-restore.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";
import { say } from "#imaging/words/say.ts";

/** One partition of an image or a disk, into a place of a disk that keeps all else. */
export interface IntoRequest {
  /** In the image. */
  readonly number: number;
  readonly place: IntoWish;
  /** Its file system fills the place. */
  readonly fills: boolean;
  /** new: another UUID, for one that stays beside its source. */
  readonly ids: "keep" | "new";
  /** Of what is encrypted: without one it keeps its size. */
  readonly keys?: readonly VolumeKey[];
}

/** @throws EDIT_INVALID, LAYOUT_INVALID, LAYOUT_TOO_SMALL, SECTOR_SIZE_UNFIT, and what planRestore throws */
export async function planInto(
  image: Restorable,
  disk: Disk,
  { number, place, fills, ids, keys = [] }: IntoRequest,
  { context, options }: { context: PlanContext; options: RestoreOptions },
): Promise<RestorePlan> {
  const name = `${diskName(disk)} (${disk.path})`;
  refuseUnwritable(image, { ...disk, inUse: [] }, { ...context, into: NOWHERE });
  const info = image.manifest.partitions.find((one) => one.number === number);
  if (!info || info.role === "extended") throw layoutInvalid(say("cannot.layout-no-data", { number }));
  // Its file system is asked once for all sizes.
  const wish = { mode: fills ? "fill" : "shrink", ids } as const;
  const source = await layoutSource(image, { size: disk.size, sectorSize: disk.sectorSize, name }, wish, { keys });
  const least = source.partitions.find((one) => one.number === number)?.least ?? info.size;
  const into = await choosePlace(disk, place, info, least);
  refuseSource(info, into, isSameDisk(context.source, disk), name);
  const target = await sliceDisk(disk, into);
  const room = {
    ...into,
    offset: into.start,
    sectorSize: disk.sectorSize,
    name: `partition ${into.number} of ${name}`,
  };
  const layout = planVolume(source, number, room, { fills, hasNewId: ids === "new" });
  return planRestore(image, target, { ...context, undo: undefined, imageDiskId: undefined, layout, into }, options);
}

const isSameDisk = (source: PlanContext["source"], { id, path }: Disk): boolean =>
  source !== undefined && (source.id === id || source.path === path);

type Place = Pick<IntoPlace, "number" | "start" | "size">;

function refuseSource(from: Place, into: Place, isSame: boolean, name: string): void {
  const overlaps = from.start < into.start + into.size && into.start < from.start + from.size;
  if (isSame && overlaps)
    throw new LifeboatError("TARGET_IS_SOURCE", { target: `partition ${into.number} of ${name}` });
}

/** The disk as such is looked at before its partitions are. */
const NOWHERE = { number: 1, start: 0, size: 0, isMade: false, type: "" };
