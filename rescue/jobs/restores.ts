import { LifeboatError } from "#base/errors.ts";
import { reasonOf } from "#base/http/problem.ts";
import type { Image, OpenImageOptions } from "#imaging/image/image-reader.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { mediumDrivers } from "#imaging/mend/may-start.ts";
import type { RestoreAndMendOptions } from "#imaging/mend/restore-and-mend.ts";
import type { RestoreOptions, RestorePlan } from "#imaging/plan/plan.ts";
import type { PlannedImage } from "#imaging/plan/plan-restore.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import type { UndoPlace, UndoWish } from "#imaging/plan/undo-place.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { CloneWishRequest } from "#imaging/wish/plan-clone-wish.ts";
import type { WishRequest } from "#imaging/wish/plan-wish.ts";
import type { RestoreWish } from "#imaging/wish/restore-wish.ts";
import type { FoundImage, Job, PlanRequest, StartRequest, TargetChoice } from "#rescue/api/contract.ts";
import { contentCache } from "#rescue/jobs/content-cache.ts";
import type { JobRegistry, RestoreOperation } from "#rescue/jobs/job-registry.ts";
import type { PlanStore, SourceIds } from "#rescue/jobs/plan-store.ts";
import type { Log } from "#rescue/log.ts";

interface Unlock {
  readonly unlock: NonNullable<OpenImageOptions["unlock"]>;
}

/** What is used of the engine. */
export interface Engine {
  /** Quick: what a list of targets needs. @throws IMAGE_LOCKED */
  readManifest(path: string, options: Unlock): Promise<PlannedImage>;
  /** Checks the whole structure of the image. @throws IMAGE_LOCKED */
  openImage(path: string, options: Unlock): Promise<Image>;
  /** Whether a disk may be a target, at a glance. */
  planRestore(
    image: PlannedImage,
    target: Disk,
    context: { readonly imageDiskId?: string; readonly undo?: UndoWish },
    options: RestoreOptions,
  ): RestorePlan;
  planWish(image: Image, target: Disk, request: WishRequest): Promise<RestorePlan>;
  planCloneWish(source: Disk, target: Disk, request: CloneWishRequest): Promise<RestorePlan>;
  /** This machine, as it is now. */
  readMachine(): Promise<MachineHardware>;
  checkConfirmation(plan: RestorePlan, words: string): void;
  restoreAndMend(plan: RestorePlan, options: RestoreAndMendOptions): RestoreOperation;
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
  /** The same of a clone, which has no image to lie beside. */
  readonly cloneUndoPlace: () => Promise<UndoPlace | undefined>;
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

/** From an image, or a disk that is cloned, and a wish to a plan, and from the plan that the user saw to a job. */
export class Restores {
  readonly #deps: RestoreDeps;
  /** A review is planned anew with each option; what the image has for this machine is read once. */
  readonly #read = contentCache();

  constructor(deps: RestoreDeps) {
    this.#deps = deps;
  }

  /** Every disk, with the reason why it cannot be the target for this image. @throws NOT_FOUND */
  async targets(imageId: string): Promise<TargetChoice[]> {
    const { images, engine, jobs, listDisks, unlock } = this.#deps;
    const found = await images.open(imageId);
    const image = await engine.readManifest(found.path, { unlock });
    await this.#releaseAllBut(found.diskId);
    return (await listDisks()).map((disk) => {
      const reason = reasonAgainst(() => {
        if (jobs.isTarget(disk.id)) throw new LifeboatError("JOB_BUSY", { device: diskName(disk) });
        engine.planRestore(image, disk, contextOf(found), NO_OPTIONS);
      });
      const isOnlyPlaced = reason && isOfPlaces(reason.code) && mayBeLaidOut(image.manifest, disk);
      return { disk, name: diskName(disk), ...(reason && { [isOnlyPlaced ? "needsLayout" : "refusal"]: reason }) };
    });
  }

  /** Every disk, with the reason why it cannot be the target for a clone of this one. @throws NOT_FOUND */
  async cloneTargets(diskId: string): Promise<TargetChoice[]> {
    const { jobs, listDisks } = this.#deps;
    await this.#releaseAllBut("");
    const disks = await listDisks();
    const source = disks.find(({ id }) => id === diskId);
    if (!source) throw new LifeboatError("NOT_FOUND", { what: `the disk ${diskId}` });
    return disks.map((disk) => {
      const name = diskName(disk);
      const refusal = reasonAgainst(() => {
        if (jobs.isTarget(disk.id)) throw new LifeboatError("JOB_BUSY", { device: name });
        refuseUnwritable({ path: source.path }, disk, { source: { ...source, raw: false, leaveOutPageFiles: false } });
        if (source.table.type === "none") refuseOtherPlaces(source, disk);
      });
      const needsLayout = refusal ? undefined : reasonAgainst(() => refuseOtherPlaces(source, disk));
      return { disk, name, ...(refusal && { refusal }), ...(needsLayout && { needsLayout }) };
    });
  }

  /** What the search for images has mounted would keep a disk from being a target. */
  async #releaseAllBut(diskId: string): Promise<void> {
    const { images, jobs, listDisks } = this.#deps;
    for (const disk of await listDisks()) {
      const isOurs = disk.id === diskId || jobs.isTarget(disk.id);
      if (disk.inUse.length > 0 && !isOurs) await images.release(disk.id);
    }
  }

  /** @throws NOT_FOUND, JOB_BUSY, and the refusals of `planWish` and `planCloneWish` */
  async plan({ imageId, diskId, targetId, options, wish = {} }: PlanRequest): Promise<RestorePlan> {
    const { jobs, plans } = this.#deps;
    const disk = await this.#disk(targetId);
    if (jobs.isTarget(targetId)) throw new LifeboatError("JOB_BUSY", { device: diskName(disk) });
    const source = { imageId, diskId };
    const { plan } = await this.#plan({ source, targetId, options, wish }, { isJudged: true });
    plans.add({ plan, source, wish });
    return plan;
  }

  /**
   * Starts exactly the plan that the user saw. Nothing in the request can widen it.
   * @throws NOT_FOUND, JOB_BUSY, PLAN_STALE, CONFIRM_MISMATCH, and the refusals of `planWish`
   */
  async start({ planId, confirm }: StartRequest): Promise<Job> {
    const { plans, jobs, engine, unlock, version } = this.#deps;
    const { plan, source, wish } = plans.get(planId);
    using _reservation = jobs.reserve(plan.target.id, plan.target.name);
    const { plan: current, sourceId } = await this.#planAgain(plan, source, wish);
    if (current.inventoryHash !== plan.inventoryHash) throw stale(plan, current.inventoryHash);
    engine.checkConfirmation(plan, confirm);
    if (sourceId !== undefined && jobs.isTarget(sourceId))
      throw new LifeboatError("JOB_BUSY", { device: `the disk of ${plan.image.name}` });
    const machine = await this.#machineFor(plan.target.kind, plan.mend !== undefined);
    const operation = engine.restoreAndMend(plan, {
      ...{ unlock, waitSeconds: WAIT_SECONDS, writerVersion: version },
      ...(machine && { machine }),
    });
    const { imageId } = source;
    const revived = imageId === undefined ? operation : this.#revived(operation, imageId);
    return jobs.start(plan, revived, sourceId).view();
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

  /** For what has changed; whether the systems will start was told. */
  async #planAgain(plan: RestorePlan, source: SourceIds, wish: RestoreWish) {
    const { target, options } = plan;
    const isThere = (await this.#deps.listDisks()).some((disk) => disk.id === target.id);
    if (!isThere) throw stale(plan, "the target is not there");
    return this.#plan({ source, targetId: target.id, options, wish }, { isJudged: false });
  }

  #plan(asked: Asked, { isJudged }: { readonly isJudged: boolean }): Promise<Planned> {
    const { imageId, diskId } = asked.source;
    if (imageId !== undefined) return this.#planImage(imageId, asked, isJudged);
    return this.#planDisk(diskId ?? "", asked, isJudged);
  }

  async #planDisk(diskId: string, { targetId, options, wish }: Asked, isJudged: boolean): Promise<Planned> {
    const { engine, images, cloneUndoPlace } = this.#deps;
    for (const id of [diskId, targetId]) await images.release(id);
    const [source, target] = [await this.#disk(diskId), await this.#disk(targetId)];
    const plan = await engine.planCloneWish(source, target, {
      ...{ wish, options, context: { undo: (await cloneUndoPlace()) ?? "no-place" }, drivers: mediumDrivers() },
      machine: () => this.#machineFor(target.kind, isJudged),
      signal: new AbortController().signal,
    });
    return { plan, sourceId: diskId };
  }

  /** @throws NOT_FOUND */
  async #disk(id: string): Promise<Disk> {
    const found = (await this.#deps.listDisks()).find((disk) => disk.id === id);
    if (!found) throw new LifeboatError("NOT_FOUND", { what: `the disk ${id}` });
    return found;
  }

  async #planImage(imageId: string, { targetId, options, wish }: Asked, isJudged: boolean): Promise<Planned> {
    const { engine, images, undoPlace, unlock } = this.#deps;
    const found = await images.open(imageId);
    if (found.diskId !== targetId) await images.release(targetId);
    const target = await this.#disk(targetId);
    const image = await engine.openImage(found.path, { unlock });
    const undo = (await undoPlace(found.path, target)) ?? "no-place";
    const plan = await engine.planWish(image, target, {
      ...{ wish, options, context: { ...contextOf(found), undo }, drivers: mediumDrivers() },
      machine: () => this.#machineFor(target.kind, isJudged),
      ...{ read: this.#read, signal: new AbortController().signal },
    });
    return { plan, sourceId: found.diskId || undefined };
  }

  /** A disk in this machine is for this machine. Of a raw file nobody knows. */
  async #machineFor(kind: Disk["kind"], isWanted: boolean): Promise<MachineHardware | undefined> {
    return isWanted && kind === "block" ? await this.#deps.engine.readMachine() : undefined;
  }
}

/** What is asked for. */
interface Asked {
  readonly source: SourceIds;
  readonly targetId: string;
  readonly options: RestoreOptions;
  readonly wish: RestoreWish;
}

interface Planned {
  readonly plan: RestorePlan;
  /** The disk that is read, if it is one of this machine's. */
  readonly sourceId: string | undefined;
}

/** @throws SECTOR_SIZE_DIFFERS, TARGET_TOO_SMALL where the partitions cannot lie as they do on the source */
function refuseOtherPlaces(source: Disk, disk: Disk): void {
  const target = `${diskName(disk)} (${disk.path})`;
  if (disk.sectorSize !== source.sectorSize)
    throw new LifeboatError("SECTOR_SIZE_DIFFERS", { target, image: source.sectorSize, have: disk.sectorSize });
  if (disk.size < source.size)
    throw new LifeboatError("TARGET_TOO_SMALL", { target, need: source.size, have: disk.size });
}

function reasonAgainst(attempt: () => void): TargetChoice["refusal"] {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The partitions cannot lie as they did, which says nothing of other places and sizes. */
const isOfPlaces = (code: string): boolean => ["TARGET_TOO_SMALL", "SECTOR_SIZE_DIFFERS"].includes(code);

/** Whether other places and sizes may be found for the partitions of an image on a disk: as far as can be told at a glance. */
const mayBeLaidOut = ({ table, regions, undo }: Manifest, { size }: Disk): boolean =>
  table.type !== "none" &&
  undo === undefined &&
  regions.every(({ kind }) => kind !== "disk") &&
  regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0) < size;

const contextOf = (found: FoundImage): { imageDiskId?: string } => (found.diskId ? { imageDiskId: found.diskId } : {});

const stale = (plan: RestorePlan, current: string): LifeboatError =>
  new LifeboatError("PLAN_STALE", { planned: plan.inventoryHash, current });
