import { LifeboatError } from "#base/errors.ts";
import { slice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import type { IntoPlace } from "#imaging/plan/plan.ts";
import { readMarker } from "#imaging/restore/marker.ts";

/**
 * A partition of a disk, there or to be made, as a disk of its own: what a restore into it looks at, refuses and names.
 * @throws PLAN_STALE when the table does not have the partition at this place; OPEN_FAILED, READ_FAILED
 */
export async function sliceDisk(disk: Disk, { number, start, size, isMade }: IntoPlace): Promise<Disk> {
  const there = disk.partitions.find((one) => one.number === number);
  const isThere = there?.start === start && there.size === size;
  if (!isThere && (there || !isMade)) {
    const current = there ? `byte ${there.start}, ${there.size} bytes` : "no such partition";
    throw new LifeboatError("PLAN_STALE", { planned: `partition ${number} at byte ${start}`, current });
  }
  await using device = await openDevice(disk.path, fileOptions(disk));
  const marker = there && (await readMarker(slice(device, start, size)));
  return {
    ...disk,
    size,
    table: { type: "none", problems: [] },
    // What an unfinished restore has left is no loss.
    partitions: there && !marker ? [{ ...there, start: 0 }] : [],
    inUse: there?.usedBy ?? [],
    unfinishedRestore: marker?.planId,
  };
}
