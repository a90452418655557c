import { isDeepStrictEqual } from "node:util";
import { readBytes } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { type Disk, fileOptions, isUnfinished } from "#imaging/inventory/disk.ts";
import { Layout, type RestorePlan } from "#imaging/plan/plan.ts";
import { tableWrites } from "#imaging/restore/table-writes.ts";

/**
 * Whether a disk is as an interrupted run of this plan left it, so that to go on erases nothing but what the plan
 * names. Tools that partition a disk change the marker in sector 0; what a GPT says without sector 0 is old, or ours:
 * - a run that was killed between its marker and the end of clearing has left the table that the plan is about;
 * - one that was killed between the primary GPT and the protective MBR has written all of the image's table but this.
 */
export async function isLeftByPlan(plan: RestorePlan, image: Restorable, target: Disk): Promise<boolean> {
  const isMarked = target.unfinishedRestore === plan.id && target.size === plan.target.size;
  if (!isMarked || image.rootHash !== plan.image.rootHash) return false;
  return isUnfinished(target) || hasLayoutOfBefore(plan, target) || (await hasTableOf(image, target, plan));
}

function hasLayoutOfBefore({ before }: RestorePlan, { table, size, partitions }: Disk): boolean {
  const now = Layout.parse({ tableType: table.type, size, partitions });
  return isDeepStrictEqual(plain(now), plain(before));
}

/** As it is in the file of a plan, where a field that is not set is not there. */
const plain = (layout: Layout): unknown => JSON.parse(JSON.stringify(layout));

/** All writes of the table but the last, to sector 0. */
async function hasTableOf(image: Restorable, target: Disk, { options, layout }: RestorePlan): Promise<boolean> {
  await using device = await openDevice(target.path, fileOptions(target));
  const all = await tableWrites(image, { targetSize: device.size, layout }, options.salvage ? () => {} : undefined);
  const writes = all.filter(({ offset }) => offset > 0);
  for (const { offset, bytes } of writes)
    if (Buffer.compare(await readBytes(device, offset, bytes.length), bytes) !== 0) return false;
  return writes.length > 0;
}
