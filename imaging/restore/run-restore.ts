import { statfs } from "node:fs/promises";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Image, type OpenImageOptions, openImage, readManifest } from "#imaging/image/image-reader.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { endure } from "#imaging/job/endure.ts";
import type { Obstacle } from "#imaging/job/obstacle.ts";
import type { RestorePhase, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { inventoryHash, refuseTarget } from "#imaging/plan/plan-restore.ts";
import { isLeftByPlan } from "#imaging/restore/left-by-plan.ts";
import { Restore } from "#imaging/restore/restore.ts";
import type { RestoreRun } from "#imaging/restore/restore-run.ts";
import { rereadTable } from "#imaging/restore/target-device.ts";
import { holdFile } from "#imaging/system/hold-file.ts";

/** What is no part of a plan: it changes nothing of what the target will be. */
export interface RunRestoreOptions extends Pick<OpenImageOptions, "unlock"> {
  /** Plain bytes a second; 0 or absent = no limit. */
  readonly bytesPerSecond?: number;
  /** How long the job waits for a medium that is full or away before it fails. Default: not at all. */
  readonly waitSeconds?: number;
}

/**
 * Restores an image as a plan says. `Restore.steps` is its main path; here an attempt is made again, from the last
 * checkpoint, when a medium was full or away for a while. The checkpoint stands in the marker on the target itself,
 * so the same command also goes on after a kill or a power cut.
 * @throws PLAN_STALE, the refusals of planRestore, what openImage throws, CHUNK_DAMAGED, RESTORE_SALVAGED,
 * TARGET_VERIFY_FAILED, TARGET_FULL, READ_FAILED, WRITE_FAILED, JOB_BUSY
 */
export const runRestore = (
  plan: RestorePlan,
  options: RunRestoreOptions = {},
): Operation<Progress<RestorePhase>, RestoreReport> =>
  async function* (signal) {
    const started = Date.now();
    let restore: Restore | undefined;
    let reached = 0;
    const begin = (run: RestoreRun, target: BlockDevice) => {
      restore = new Restore(run, target, started, (chunks) => {
        reached = Math.max(reached, chunks + 1);
      });
      return restore;
    };
    return yield* endure(() => attempt(plan, options, signal, begin), {
      waitMilliseconds: (options.waitSeconds ?? 0) * 1000,
      signal,
      isOver: (obstacle, error) => isOver(plan, options, obstacle, error),
      paused: (reason) => (restore as Restore).paused(reason),
      checkpoint: () => reached,
    });
  };

async function* attempt(
  plan: RestorePlan,
  options: RunRestoreOptions,
  signal: AbortSignal,
  begin: (run: RestoreRun, target: BlockDevice) => Restore,
): AsyncGenerator<Progress<RestorePhase>, RestoreReport, undefined> {
  const image = await openImage(plan.image.path, options);
  const { path, kind } = await checkPlan(plan, image);
  try {
    await using _hold = kind === "file" ? await holdFile(path) : undefined;
    await using target = await openDevice(path, {
      write: true,
      exclusive: kind === "block",
      ...fileOptions(plan.target),
    });
    // Once more with the disk in our hands: it could have been exchanged between the look and the grip.
    if ((await checkPlan(plan, image)).path !== path)
      throw new LifeboatError("PLAN_STALE", { planned: path, current: "another device name" });
    const restore = begin({ plan, image, bytesPerSecond: options.bytesPerSecond ?? 0, signal }, target);
    yield* restore.steps();
    return restore.report();
  } finally {
    // Whatever happened, the old partitions are gone. The kernel refuses to look while the disk is held exclusively.
    if (kind === "block") await rereadTable(path);
  }
}

/** Room that must be free before a restore into a file goes on. */
const ROOM_TO_GO_ON = 64 << 20;

async function isOver(
  { target, image }: RestorePlan,
  options: RunRestoreOptions,
  obstacle: Obstacle,
  error: LifeboatError,
): Promise<boolean> {
  try {
    if (obstacle === "full") {
      const { bavail, bsize } = await statfs(isLifeboatError(error, "TARGET_FULL") ? target.path : image.path);
      return bavail * bsize >= ROOM_TO_GO_ON;
    }
    const disk = await findDisk(target.kind === "file" ? target.path : target.id, fileOptions(target));
    // All of its volumes, not the first one only.
    return disk.size === target.size && (await readManifest(image.path, options)).rootHash === image.rootHash;
  } catch {
    return false;
  }
}

/**
 * The plan must still describe this machine: another disk, or a changed image, is refused.
 * @returns the target as it is found now: a disk may have another device name than when the plan was made, and its
 * old name may be another disk's.
 */
async function checkPlan(plan: RestorePlan, image: Image): Promise<Disk> {
  const target = await findDisk(
    plan.target.kind === "file" ? plan.target.path : plan.target.id,
    fileOptions(plan.target),
  );
  const holder = await holdingDisk(image.path, [target]);
  refuseTarget(image, target, { imageDiskId: holder?.id });
  const current = inventoryHash(image, target);
  if (current !== plan.inventoryHash && !(await isLeftByPlan(plan, image, target)))
    throw new LifeboatError("PLAN_STALE", { planned: plan.inventoryHash.slice(0, 12), current: current.slice(0, 12) });
  return target;
}
