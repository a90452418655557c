import { LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import type { TableWrite } from "#imaging/disk/partition-table.ts";
import { rawBytes } from "#imaging/image/chunk-table.ts";
import { chunkDamaged, diskOffset } from "#imaging/image/image-device.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import { type Disk, isUnfinished } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import type { RestorePhase, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { inventoryHash, refuseTarget } from "#imaging/plan/plan-restore.ts";
import { clearTarget } from "#imaging/restore/clear-target.ts";
import { markerSector } from "#imaging/restore/marker.ts";
import { type ChunkOrder, orderChunks } from "#imaging/restore/order-chunks.ts";
import { tableWrites } from "#imaging/restore/table-writes.ts";
import { dropCache, isSparseFile, rereadTable } from "#imaging/restore/target-device.ts";
import { runWorkers } from "#imaging/worker/run-workers.ts";
import type { ChunkProblem, Task } from "#imaging/worker/task.ts";

type Steps = AsyncGenerator<Progress<RestorePhase>, void, undefined>;

/**
 * The main path of a restore. Read `steps` from top to bottom:
 *   plan checked again -> target cleared -> chunks written -> boot areas -> read back -> partition table.
 * Sector 0 and the table come last, so a target whose restore was interrupted, or reads back wrongly, visibly does not
 * boot, and the same command finishes the work. Nothing is written before the image's structure and the plan have
 * been checked.
 * @throws PLAN_STALE, the refusals of planRestore, what openImage throws, CHUNK_DAMAGED, RESTORE_SALVAGED,
 * TARGET_VERIFY_FAILED, TARGET_FULL, READ_FAILED, WRITE_FAILED
 */
export const runRestore = (plan: RestorePlan): Operation<Progress<RestorePhase>, RestoreReport> =>
  async function* (signal) {
    const image = await openImage(plan.image.path);
    const { path, kind } = await checkPlan(plan, image);
    try {
      return yield* restoreTo(path, kind === "block", plan, image, signal);
    } finally {
      // Whatever happened, the old partitions are gone. The kernel refuses to look while the disk is held exclusively.
      if (kind === "block") await rereadTable(path);
    }
  };

async function* restoreTo(
  path: string,
  exclusive: boolean,
  plan: RestorePlan,
  image: Image,
  signal: AbortSignal,
): AsyncGenerator<Progress<RestorePhase>, RestoreReport, undefined> {
  await using target = await openDevice(path, { write: true, exclusive });
  // Once more with the disk in our hands: it could have been exchanged between the look and the grip.
  if ((await checkPlan(plan, image)).path !== path)
    throw new LifeboatError("PLAN_STALE", { planned: path, current: "another device name" });
  const run = new RestoreRun(plan, image, target, signal);
  yield* run.steps();
  return run.report();
}

/**
 * The plan must still describe this machine: another disk, or a changed image, is refused.
 * @returns the target as it is found now: a disk may have another device name than when the plan was made, and its
 * old name may be another disk's.
 */
async function checkPlan(plan: RestorePlan, image: Image): Promise<Disk> {
  const target = await findDisk(plan.target.kind === "file" ? plan.target.path : plan.target.id);
  const holder = await holdingDisk(image.path, [target]);
  refuseTarget(image, target, { imageDiskId: holder?.id });
  const current = inventoryHash(image, target);
  // The same plan, interrupted: the disk is as this plan left it.
  const resumes = isUnfinished(target) && target.unfinishedRestore === plan.id && target.size === plan.target.size;
  if (current !== plan.inventoryHash && !(resumes && image.rootHash === plan.image.rootHash))
    throw new LifeboatError("PLAN_STALE", { planned: plan.inventoryHash.slice(0, 12), current: current.slice(0, 12) });
  return target;
}

class RestoreRun {
  readonly #plan: RestorePlan;
  readonly #image: Image;
  readonly #target: BlockDevice;
  readonly #signal: AbortSignal;
  readonly #order: ChunkOrder;
  readonly #meter: ProgressMeter<RestorePhase>;
  readonly #started = Date.now();
  readonly #damaged: ChunkProblem[] = [];
  #verified: boolean | undefined;

  constructor(plan: RestorePlan, image: Image, target: BlockDevice, signal: AbortSignal) {
    this.#plan = plan;
    this.#image = image;
    this.#target = target;
    this.#signal = signal;
    this.#order = orderChunks(image, target.size);
    this.#meter = new ProgressMeter(this.#phases());
  }

  async *steps(): Steps {
    // Parsed before the first write: an image whose table cannot be placed must leave the target as it was.
    const tables = await tableWrites(this.#image, this.#target.size);

    yield this.#meter.enter("clear");
    // A file without a single allocated block reads as zeros: its zero chunks need no write.
    const targetIsZero = await isSparseFile(this.#target.path);
    await clearTarget(this.#target, this.#image.manifest, this.#plan.id);

    const { salvage } = this.#plan.options;
    const restore = { kind: "restore", image: this.#image.path, disk: this.#target.path, salvage } as const;
    yield* this.#pass("write", { ...restore, targetIsZero }, this.#order.data);
    await this.#target.flush();
    yield* this.#pass("boot-areas", { ...restore, targetIsZero: false }, this.#order.bootAreas);
    await this.#target.flush();
    if (this.#plan.options.verifyTarget) yield* this.#verify();

    yield* this.#pass("table", { ...restore, targetIsZero: false }, this.#order.sectorZero);
    for (const { offset, bytes } of tables) {
      if (offset === 0) await this.#target.flush(); // all else is on the disk before sector 0 says so
      await this.#target.write(bytes, offset);
    }
    await this.#target.flush();
    if (this.#plan.options.verifyTarget) yield* this.#verifyStart(tables);
    const [first] = this.#damagedRanges();
    if (first) {
      const details = { file: this.#image.path, damaged: this.#damaged.length, first: describeDamage(first) };
      throw new LifeboatError("RESTORE_SALVAGED", details);
    }
  }

  report(): RestoreReport {
    const { chunks } = this.#image;
    return {
      kind: "restore",
      planId: this.#plan.id,
      outcome: "succeeded",
      startedAt: new Date(this.#started).toISOString(),
      seconds: (Date.now() - this.#started) / 1000,
      writtenBytes: rawBytes(chunks),
      chunks: chunks.count,
      targetVerified: this.#verified,
      damagedChunks: this.#damagedRanges(),
      warnings: [...this.#meter.warnings],
    };
  }

  #damagedRanges(): RestoreReport["damagedChunks"] {
    const { chunks, manifest } = this.#image;
    return this.#damaged.map(({ chunk, problem }) => ({
      region: manifest.regions[chunks.region[chunk] as number]?.label ?? "?",
      chunk,
      diskOffset: diskOffset(chunks, chunk),
      length: chunks.rawLength[chunk] as number,
      problem,
    }));
  }

  async *#pass(phase: RestorePhase, task: Task, order: Uint32Array): Steps {
    yield this.#meter.enter(phase);
    const problems = yield* this.#chunks(task, order);
    const [first] = problems;
    if (first && !this.#plan.options.salvage) throw chunkDamaged(this.#image, first.chunk, first.problem);
    this.#damaged.push(...problems);
    // Warnings reach a user whose job ends as failed, which has no report.
    const ranges = this.#damagedRanges().slice(-problems.length);
    if (problems.length > 0) for (const range of ranges) this.#meter.warn("CHUNK_DAMAGED", describeDamage(range));
  }

  async *#chunks(
    task: Task,
    order: Uint32Array,
  ): AsyncGenerator<Progress<RestorePhase>, readonly ChunkProblem[], undefined> {
    const pass = runWorkers(task, { table: this.#image.chunks, order, signal: this.#signal });
    let step = await pass.next();
    for (; !step.done; step = await pass.next()) yield this.#meter.at(step.value);
    return step.value.problems;
  }

  /** A second pass over the target itself, not a flag inside the writer. */
  async *#verify(): Steps {
    yield this.#meter.enter("verify");
    await dropCache(this.#target.path);
    const expected = new Set(this.#damaged.map(({ chunk }) => chunk));
    const order = this.#order.verifiable.filter((chunk) => !expected.has(chunk));
    const wrong = yield* this.#chunks({ kind: "verify-target", disk: this.#target.path }, order);
    const [first] = wrong;
    if (first) {
      const region = this.#image.manifest.regions[this.#image.chunks.region[first.chunk] as number];
      throw this.#readBackFailed(region?.label ?? "?", diskOffset(this.#image.chunks, first.chunk), wrong.length);
    }
  }

  /** A start of the disk that reads back wrongly is taken away again: nobody shall start from this disk, or trust it. */
  async *#verifyStart(tables: readonly TableWrite[]): Steps {
    await dropCache(this.#target.path);
    const wrong: { what: string; offset: number }[] = [];
    for (const { offset, bytes, what } of tables)
      if (Buffer.compare(await readBytes(this.#target, offset, bytes.length), bytes) !== 0)
        wrong.push({ what, offset });
    // Where the table was adapted to a larger disk, sector 0 is not what the image has.
    if (tables.length === 0) {
      const known = new Set(this.#damaged.map(({ chunk }) => chunk));
      const order = this.#order.sectorZero.filter((chunk) => !known.has(chunk));
      const problems = yield* this.#chunks({ kind: "verify-target", disk: this.#target.path }, order);
      if (problems.length > 0) wrong.push({ what: "the first sectors", offset: 0 });
    }
    const [first] = wrong;
    if (first) {
      await this.#target.write(markerSector(this.#plan.id, this.#target.sectorSize), 0);
      await this.#target.flush();
      throw this.#readBackFailed(first.what, first.offset, wrong.length);
    }
    this.#verified = true;
  }

  #readBackFailed(region: string, offset: number, damaged: number): LifeboatError {
    return new LifeboatError("TARGET_VERIFY_FAILED", { device: this.#target.path, region, offset, damaged });
  }

  #phases(): { phase: RestorePhase; bytes: number }[] {
    const { rawLength } = this.#image.chunks;
    const sum = (order: Uint32Array) => order.reduce((total, chunk) => total + (rawLength[chunk] ?? 0), 0);
    const phases: { phase: RestorePhase; bytes: number }[] = [
      { phase: "clear", bytes: 0 },
      { phase: "write", bytes: sum(this.#order.data) },
      { phase: "boot-areas", bytes: sum(this.#order.bootAreas) },
    ];
    if (this.#plan.options.verifyTarget) phases.push({ phase: "verify", bytes: sum(this.#order.verifiable) });
    phases.push({ phase: "table", bytes: sum(this.#order.sectorZero) });
    return phases;
  }
}

const describeDamage = ({
  region,
  chunk,
  diskOffset,
  length,
  problem,
}: RestoreReport["damagedChunks"][number]): string =>
  `chunk ${chunk} of ${region}, ${length} bytes from byte ${diskOffset} of the disk: ${problem}`;
