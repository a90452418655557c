import { LifeboatError } from "#base/errors.ts";
import type { OpenImageOptions } from "#imaging/image/image-reader.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { RestoreOptions, RestorePlan } from "#imaging/plan/plan.ts";
import type { PlannedImage } from "#imaging/plan/plan-restore.ts";
import type { UndoPlace, UndoWish } from "#imaging/plan/undo-place.ts";
import type { RunRestoreOptions } from "#imaging/restore/run-restore.ts";
import type { FoundImage, Job, PlanRequest, StartRequest, TargetChoice } from "#rescue/api/contract.ts";
import { reasonOf } from "#rescue/api/problem.ts";
import type { JobRegistry, RestoreOperation } from "#rescue/jobs/job-registry.ts";
import type { PlanStore } from "#rescue/jobs/plan-store.ts";
import type { Log } from "#rescue/log.ts";

interface Unlock {
  readonly unlock: NonNullable<OpenImageOptions["unlock"]>;
}

/** What is used of the engine. */
export interface Engine {
  /** Quick: what a list of targets needs. @throws IMAGE_LOCKED */
  readManifest(path: string, options: Unlock): Promise<PlannedImage>;
  /** Checks the whole structure of the image. @throws IMAGE_LOCKED */
  openImage(path: string, options: Unlock): Promise<PlannedImage>;
  planRestore(
    image: PlannedImage,
    target: Disk,
    context: { readonly imageDiskId?: string; readonly undo?: UndoWish },
    options: RestoreOptions,
  ): RestorePlan;
  checkConfirmation(plan: RestorePlan, words: string): void;
  runRestore(plan: RestorePlan, options: RunRestoreOptions): RestoreOperation;
}

/** What is used of the images that were found. */
export interface ImageSource {
  /** Makes the image readable. @throws NOT_FOUND */
  open(imageId: string): Promise<FoundImage>;
  /** Unmounts what the search for images has mounted of a disk. */
  release(diskId: string): Promise<void>;
  /** Makes the image readable again when its disk was pulled and is back. */
  revive(imageId: string): Promise<void>;
}

export interface RestoreDeps {
  readonly engine: Engine;
  readonly images: ImageSource;
  /** The keys of the images that were unlocked. @throws IMAGE_LOCKED */
  readonly unlock: Unlock["unlock"];
  readonly listDisks: () => Promise<readonly Disk[]>;
  /** Where the undo file of a restore is kept. @returns undefined where there is no room for one */
  readonly undoPlace: (image: string, target: Disk) => Promise<UndoPlace | undefined>;
  /** Of the program, for the undo file. */
  readonly version: string;
  readonly plans: PlanStore;
  readonly jobs: JobRegistry;
  readonly log: Pick<Log, "warn">;
}

/** How long a restore waits for a disk that was pulled: time enough to notice it and to find the right stick. */
const WAIT_SECONDS = 15 * 60;

/** Options that refuse nothing by themselves: a target is judged before the user has chosen any. */
const NO_OPTIONS: RestoreOptions = { verifyTarget: false, salvage: false };

/** From an image and a wish to a plan, and from the plan that the user saw to a job. */
export class Restores {
  readonly #deps: RestoreDeps;

  constructor(deps: RestoreDeps) {
    this.#deps = deps;
  }

  /** Every disk, with the reason why it cannot be the target for this image. @throws NOT_FOUND */
  async targets(imageId: string): Promise<TargetChoice[]> {
    const { images, engine, jobs, listDisks, unlock } = this.#deps;
    const found = await images.open(imageId);
    const image = await engine.readManifest(found.path, { unlock });
    for (const disk of await listDisks()) {
      const isOurs = disk.id === found.diskId || jobs.isTarget(disk.id);
      if (disk.inUse.length > 0 && !isOurs) await images.release(disk.id);
    }
    return (await listDisks()).map((disk) => ({
      disk,
      name: diskName(disk),
      refusal: this.#refusal(() => {
        if (jobs.isTarget(disk.id)) throw new LifeboatError("JOB_BUSY", { device: diskName(disk) });
        engine.planRestore(image, disk, contextOf(found), NO_OPTIONS);
      }),
    }));
  }

  /** @throws NOT_FOUND, JOB_BUSY, and the refusals of `planRestore` */
  async plan({ imageId, targetId, options }: PlanRequest): Promise<RestorePlan> {
    const { jobs, listDisks, plans } = this.#deps;
    const disk = (await listDisks()).find((d) => d.id === targetId);
    if (!disk) throw new LifeboatError("NOT_FOUND", { what: `the disk ${targetId}` });
    if (jobs.isTarget(targetId)) throw new LifeboatError("JOB_BUSY", { device: diskName(disk) });
    const { plan } = await this.#plan(imageId, targetId, options);
    plans.add({ plan, imageId });
    return plan;
  }

  /**
   * Starts exactly the plan that the user saw. Nothing in the request can widen it.
   * @throws NOT_FOUND, JOB_BUSY, PLAN_STALE, CONFIRM_MISMATCH, and the refusals of `planRestore`
   */
  async start({ planId, confirm }: StartRequest): Promise<Job> {
    const { plans, jobs, engine, unlock, version } = this.#deps;
    const { plan, imageId } = plans.get(planId);
    using _reservation = jobs.reserve(plan.target.id, plan.target.name);
    const { plan: current, sourceId } = await this.#planAgain(plan, imageId);
    if (current.inventoryHash !== plan.inventoryHash) throw stale(plan, current.inventoryHash);
    engine.checkConfirmation(plan, confirm);
    if (sourceId !== undefined && jobs.isTarget(sourceId))
      throw new LifeboatError("JOB_BUSY", { device: `the disk of the image ${plan.image.name}` });
    const operation = engine.runRestore(plan, { unlock, waitSeconds: WAIT_SECONDS, writerVersion: version });
    return jobs.start(plan, this.#revived(operation, imageId), sourceId).view();
  }

  /** While the job waits, the file system of its image is mounted again as soon as it is back. */
  #revived(operation: RestoreOperation, imageId: string): RestoreOperation {
    const { images, log } = this.#deps;
    return async function* (signal) {
      const steps = operation(signal);
      for (;;) {
        const step = await steps.next();
        if (step.done) return step.value;
        yield step.value;
        if (step.value.paused)
          await images.revive(imageId).catch((error) => log.warn({ err: error, imageId }, "the image is not back yet"));
      }
    };
  }

  async #planAgain(plan: RestorePlan, imageId: string) {
    const isThere = (await this.#deps.listDisks()).some((disk) => disk.id === plan.target.id);
    if (!isThere) throw stale(plan, "the target is not there");
    return this.#plan(imageId, plan.target.id, plan.options);
  }

  async #plan(imageId: string, targetId: string, options: RestoreOptions) {
    const { engine, images, listDisks, undoPlace, unlock } = this.#deps;
    const found = await images.open(imageId);
    if (found.diskId !== targetId) await images.release(targetId);
    const target = (await listDisks()).find((disk) => disk.id === targetId);
    if (!target) throw new LifeboatError("NOT_FOUND", { what: `the disk ${targetId}` });
    const image = await engine.openImage(found.path, { unlock });
    const undo = (await undoPlace(found.path, target)) ?? "no-place";
    const plan = engine.planRestore(image, target, { ...contextOf(found), undo }, options);
    return { plan, sourceId: found.diskId || undefined };
  }

  #refusal(attempt: () => void): TargetChoice["refusal"] {
    try {
      attempt();
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }
}

const contextOf = (found: FoundImage): { imageDiskId?: string } => (found.diskId ? { imageDiskId: found.diskId } : {});

const stale = (plan: RestorePlan, current: string): LifeboatError =>
  new LifeboatError("PLAN_STALE", { planned: plan.inventoryHash, current });
