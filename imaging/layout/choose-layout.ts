import type { Restorable } from "#imaging/image/restorable.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { LayoutWish, PlannedLayout } from "#imaging/layout/layout.ts";
import { type AskOptions, layoutSource } from "#imaging/layout/layout-source.ts";
import { planLayout } from "#imaging/layout/plan-layout.ts";
import { neededSize } from "#imaging/plan/refuse-target.ts";

/**
 * The layout for a restore; undefined when every partition simply lies where it did, with the table as it was. Without a
 * wish that is tried first, then the same partitions on another table for a disk that is smaller, or has other sectors.
 * @throws LAYOUT_INVALID, LAYOUT_TOO_SMALL, SECTOR_SIZE_UNFIT
 */
export async function chooseLayout(
  image: Restorable,
  disk: Disk,
  wish: LayoutWish | undefined,
  ask?: AskOptions,
): Promise<PlannedLayout | undefined> {
  const { manifest } = image;
  const isAsItWas = disk.sectorSize === manifest.disk.sectorSize && disk.size >= neededSize(manifest, disk);
  const hasPartitions = manifest.table.type !== "none" && manifest.regions.every(({ kind }) => kind !== "disk");
  // What has no partitions to lay out is refused by the plan itself, in its own words.
  if (!wish && (isAsItWas || !hasPartitions || manifest.undo)) return undefined;
  const target = { size: disk.size, sectorSize: disk.sectorSize, name: `${diskName(disk)} (${disk.path})` };
  const chosen = wish ?? { mode: "keep" };
  return planLayout(await layoutSource(image, target, chosen, ask), target, chosen);
}
