import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import type { Progress } from "#base/progress.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type OpenImageOptions, readManifest } from "#imaging/image/image-reader.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { holdSlice } from "#imaging/into/hold-slice.ts";
import { nameSlice } from "#imaging/into/name-slice.ts";
import { sliceDisk } from "#imaging/into/slice-disk.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { endure } from "#imaging/job/endure.ts";
import type { Obstacle } from "#imaging/job/obstacle.ts";
import type { RestorePhase, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { inventoryHash } from "#imaging/plan/plan-restore.ts";
import { refuseTarget } from "#imaging/plan/refuse-target.ts";
import { isLeftByPlan } from "#imaging/restore/left-by-plan.ts";
import { findSource, isServedAgain, openOrigin } from "#imaging/restore/open-origin.ts";
import { refuseOnWindows } from "#imaging/restore/refuse-on-windows.ts";
import { relocate } from "#imaging/restore/relocate.ts";
import { Restore } from "#imaging/restore/restore.ts";
import type { RestoreRun } from "#imaging/restore/restore-run.ts";
import { rereadTable } from "#imaging/restore/target-device.ts";
import { holdFile } from "#imaging/system/hold-file.ts";
import { refuseUndoOnTarget } from "#imaging/undo/place.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

/** What is no part of a plan: it changes nothing of what the target will be. */
export interface RunRestoreOptions extends Pick<OpenImageOptions, "unlock"> {
  /** Plain bytes a second; 0 or absent = no limit. */
  readonly bytesPerSecond?: number;
  /** How long the job waits for a medium that is full or away before it fails. Default: not at all. */
  readonly waitSeconds?: number;
  /** What opens encrypted partitions: of a clone's source, or of an image where their content gets another size. */
  readonly volumeKeys?: readonly VolumeKey[];
  /** Of a clone from another machine: what its pairing code stands for. */
  readonly pairingKey?: Uint8Array;
  /** Of this program, for what it writes besides: the undo file. */
  readonly writerVersion?: string;
}

/**
 * Restores an image as a plan says. `Restore.steps` is its main path; here an attempt is made again, from the last
 * checkpoint, when a medium was full or away for a while. The checkpoint stands in the marker on the target itself,
 * so the same command also goes on after a kill or a power cut.
 * @throws PLAN_STALE, the refusals of planRestore, what openImage throws, CHUNK_DAMAGED, RESTORE_SALVAGED,
 * TARGET_VERIFY_FAILED, TARGET_FULL, UNDO_ON_TARGET, UNDO_NO_ROOM, UNDO_NOT_SAVED, READ_FAILED, WRITE_FAILED, JOB_BUSY
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
  refuseOnWindows(plan);
  await using origin = await openOrigin(plan, options, signal);
  const original = origin.image;
  const image = plan.layout ? relocate(original, plan.layout) : original;
  const { path, kind } = await checkPlan(plan, original);
  try {
    // From one partition of a disk to another one: the disk is held already.
    const isHeld = plan.into !== undefined && plan.source?.path === path;
    await using _hold = kind === "file" && !isHeld ? await holdFile(path) : undefined;
    await using part = plan.into && (await holdSlice(await findTarget(plan), plan.into, isHeld));
    await using target = await openDevice(part?.path ?? path, {
      write: true,
      exclusive: part !== undefined || kind === "block",
      ...(part ? {} : fileOptions(plan.target)),
    });
    // Once more with the disk in our hands: it could have been exchanged between the look and the grip.
    if ((await checkPlan(plan, original, part && HELD)).path !== path)
      throw new LifeboatError("PLAN_STALE", { planned: path, current: "another device name" });
    const { bytesPerSecond = 0, writerVersion = "", volumeKeys = [] } = options;
    const restore = begin({ plan, image, original, bytesPerSecond, signal, writerVersion, volumeKeys }, target);
    yield* named(restore.steps(), part && { path: part.path, name: `partition ${plan.into?.number} of ${path}` });
    await part?.finish();
    const report = { ...restore.report(), ...(await origin.badSectors(restore.bad)) };
    await origin.done?.();
    return report;
  } finally {
    // Whatever happened, the old partitions are gone. The kernel refuses to look while the disk is held exclusively.
    if (kind === "block") await rereadTable(path);
  }
}

/** Errors of a partition speak of it, and not of the device that it is written through. */
async function* named<T>(
  steps: AsyncGenerator<T, void, undefined>,
  part: { path: string; name: string } | undefined,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* steps;
  } catch (error) {
    throw part ? nameSlice(error, part.path, part.name) : error;
  }
}

/** By its id: it may have another name than when the plan was made. */
const findTarget = ({ target }: RestorePlan): Promise<Disk> =>
  findDisk(target.kind === "file" ? target.path : target.id, fileOptions(target));

/** What uses a partition that we hold is ourselves; others were refused before. */
const HELD = { inUse: [] };

/** Room that must be free before a restore into a file goes on. */
const ROOM_TO_GO_ON = 64 << 20;

async function isOver(
  plan: RestorePlan,
  options: RunRestoreOptions,
  obstacle: Obstacle,
  error: LifeboatError,
): Promise<boolean> {
  const { target, image, source, into } = plan;
  try {
    if (obstacle === "full") {
      const besides = source?.remote ? tmpdir() : image.path;
      const { bavail, bsize } = await statfs(isLifeboatError(error, "TARGET_FULL") ? target.path : besides);
      return bavail * bsize >= ROOM_TO_GO_ON;
    }
    const disk = await findTarget(plan);
    // All of its volumes, not the first one only.
    const isSame = into ? disk.size >= into.start + into.size : disk.size === target.size;
    if (source?.remote) return isSame && (await isServedAgain(source.remote, options, image.rootHash));
    if (source) return isSame && (await findSource(source)).size === source.size;
    return isSame && (await readManifest(image.path, options)).rootHash === image.rootHash;
  } catch (error) {
    // Another code by now: that is told at once, and not tried again until the other side takes us for a stranger.
    return isLifeboatError(error, "PAIRING_REFUSED");
  }
}

/**
 * The plan must still describe this machine: another disk, or a changed image, is refused.
 * @returns the target as it is found now: a disk may have another device name than when the plan was made, and its
 * old name may be another disk's.
 */
async function checkPlan(plan: RestorePlan, image: Restorable, held?: Pick<Disk, "inUse">): Promise<Disk> {
  const disk = await findTarget(plan);
  const { layout, source, into } = plan;
  const target = { ...(into ? await sliceDisk(disk, into) : disk), ...held };
  // An image on another partition of the disk is in nobody's way.
  const holder = source || into ? undefined : await holdingDisk(image.path, [target]);
  refuseTarget(image, target, { imageDiskId: holder?.id, layout, source, into });
  if (plan.undo) await refuseUndoOnTarget(plan.undo, target);
  if (held && into?.isMade) return target; // its table is our own by now
  const current = inventoryHash(image, target);
  if (current !== plan.inventoryHash && !(await isLeftByPlan(plan, image, target)))
    throw new LifeboatError("PLAN_STALE", { planned: plan.inventoryHash.slice(0, 12), current: current.slice(0, 12) });
  return target;
}
