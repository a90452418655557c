import { LifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { rereadTable } from "#imaging/restore/target-device.ts";
import { holdFile } from "#imaging/system/hold-file.ts";
import type { StickPlan } from "./stick-plan.ts";

/** By its id: it may have another name than when the plan was made. @throws NOT_FOUND */
export const findStick = ({ target }: Pick<StickPlan, "target">): Promise<Disk> =>
  findDisk(target.kind === "file" ? target.path : target.id, fileOptions(target));

/**
 * The disk of a plan, for this job alone. The plan must still describe it, before and after it is in our hands.
 * @param again makes the plan anew for the disk as it is found
 * @throws PLAN_STALE, JOB_BUSY, TARGET_IN_USE, TARGET_READ_ONLY, OPEN_FAILED, and what `again` throws
 */
export async function holdStick(
  plan: StickPlan,
  again: (disk: Disk) => Promise<StickPlan>,
): Promise<{ readonly device: BlockDevice } & AsyncDisposable> {
  const check = async () => {
    const disk = await findStick(plan);
    const { inventoryHash } = await again(disk);
    if (inventoryHash !== plan.inventoryHash)
      throw new LifeboatError("PLAN_STALE", {
        planned: plan.inventoryHash.slice(0, 12),
        current: inventoryHash.slice(0, 12),
      });
    return disk;
  };
  const { path, kind } = await check();
  const stack = new AsyncDisposableStack();
  try {
    if (kind === "file") stack.use(await holdFile(path));
    else stack.defer(() => rereadTable(path));
    const device = stack.use(
      await openDevice(path, { write: true, exclusive: kind === "block", ...fileOptions(plan.target) }),
    );
    if ((await check()).path !== path)
      throw new LifeboatError("PLAN_STALE", { planned: path, current: "another device name" });
    return { device, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
