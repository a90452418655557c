import { LifeboatError } from "#base/errors.ts";
import { type Phase, type Progress, ProgressMeter, type Warning } from "#base/progress.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { chunkDamaged } from "#imaging/image/image-device.ts";
import type { RestorePhase, RestoreReport } from "#imaging/plan/plan.ts";
import { clearTarget } from "#imaging/restore/clear-target.ts";
import { DamagedChunks } from "#imaging/restore/damaged-chunks.ts";
import { readMarker } from "#imaging/restore/marker.ts";
import { type ChunkOrder, chooseChunks, orderChunks } from "#imaging/restore/order-chunks.ts";
import { type RestoreRun, segmentsOf, writeMarker } from "#imaging/restore/restore-run.ts";
import { tableWrites } from "#imaging/restore/table-writes.ts";
import { TargetCheck } from "#imaging/restore/target-check.ts";
import { isSparseFile } from "#imaging/restore/target-device.ts";
import { showPass } from "#imaging/worker/passes.ts";
import type { ChunkProblem } from "#imaging/worker/task.ts";
import { Threads } from "#imaging/worker/threads.ts";

type Steps = AsyncGenerator<Progress<RestorePhase>, void, undefined>;

/** One attempt at a restore onto a target that is held. */
export class Restore {
  readonly #run: RestoreRun;
  readonly #target: BlockDevice;
  readonly #order: ChunkOrder;
  readonly #meter: ProgressMeter<RestorePhase>;
  readonly #started: number;
  readonly #onCheckpoint: (chunks: number) => void;
  readonly #damaged: DamagedChunks;
  readonly #check: TargetCheck;
  #resumedChunks = 0;
  #verified: boolean | undefined;

  /** @param onCheckpoint called with the chunks that are written and flushed, from the first on */
  constructor(run: RestoreRun, target: BlockDevice, started: number, onCheckpoint: (chunks: number) => void) {
    this.#run = run;
    this.#target = target;
    this.#started = started;
    this.#onCheckpoint = onCheckpoint;
    this.#order = orderChunks(run.image);
    this.#damaged = new DamagedChunks(run.image);
    this.#check = new TargetCheck(run, target, this.#order, this.#damaged);
    this.#meter = new ProgressMeter(this.#phases());
  }

  /**
   * The main path of a restore. Read it from top to bottom:
   *   target cleared -> chunks written, segment by segment -> boot areas -> read back -> partition table.
   * Sector 0 and the table come last, so a target whose restore was interrupted, or reads back wrongly, visibly does
   * not boot. Nothing is written before the image's structure and the plan have been checked.
   */
  async *steps(): Steps {
    const { image, plan } = this.#run;
    // Parsed before the first write: an image whose table cannot be placed must leave the target as it was.
    const onDamage = plan.options.salvage
      ? (table: ChunkTable, one: ChunkProblem) => this.#tell(table, [one])
      : undefined;
    const tables = await tableWrites(image, this.#target.size, onDamage);

    yield this.#meter.enter("clear");
    // Then its zero chunks need no write.
    const targetIsZero = await isSparseFile(this.#target.path);
    this.#resumedChunks = await this.#chunksOfBefore();
    await writeMarker(this.#run, this.#target, this.#resumedChunks);
    await this.#target.flush();
    await clearTarget(this.#target, image.manifest);
    this.#onCheckpoint(0);

    yield* this.#writeData(targetIsZero);
    yield* this.#writeSpecial("boot-areas");
    if (plan.options.verifyTarget) {
      yield this.#meter.enter("verify");
      for await (const bytes of this.#check.data()) yield this.#meter.at(bytes);
    }
    yield* this.#writeSpecial("sector-zero");
    // Now: on a larger disk the table is adapted, and the first sectors are not what the image has any more.
    if (plan.options.verifyTarget) for await (const _ of this.#check.sectorZero()) yield this.#meter.at(0);
    for (const { offset, bytes } of tables) {
      if (offset === 0) await this.#target.flush(); // all else is on the disk before sector 0 says so
      await this.#target.write(bytes, offset);
    }
    await this.#target.flush();
    if (plan.options.verifyTarget) await this.#check.tables(tables);
    this.#verified = plan.options.verifyTarget || undefined;
    const { first, count } = this.#damaged;
    if (first) throw new LifeboatError("RESTORE_SALVAGED", { file: image.path, damaged: count, first });
  }

  report(): RestoreReport {
    const { image, plan } = this.#run;
    return {
      kind: "restore",
      planId: plan.id,
      outcome: "succeeded",
      startedAt: new Date(this.#started).toISOString(),
      seconds: (Date.now() - this.#started) / 1000,
      writtenBytes: image.rawBytes,
      chunks: image.chunks,
      targetVerified: this.#verified,
      damagedChunks: this.#damaged.list(),
      warnings: [...this.#meter.warnings],
    };
  }

  paused(reason: Warning): Progress<RestorePhase> {
    return this.#meter.pausedBy(reason);
  }

  /** How many chunks an interrupted restore of this very image had written here. */
  async #chunksOfBefore(): Promise<number> {
    const before = await readMarker(this.#target);
    const isSame = before && Buffer.from(before.rootHash).toString("hex") === this.#run.image.rootHash;
    return isSame ? before.chunks : 0;
  }

  /** Segment after segment, each flushed and noted in the marker: an interrupted restore goes on from there. */
  async *#writeData(targetIsZero: boolean): Steps {
    yield this.#meter.enter("write");
    await using writers = this.#writers(targetIsZero);
    let done = 0;
    // The disk flushes a segment while the next one is written.
    let noted: Promise<void> = Promise.resolve();
    for await (const table of this.#run.image.index.read()) {
      const resumed = table.first + table.count <= this.#resumedChunks;
      const differing = resumed ? await this.#check.differing(table) : undefined;
      const wanted = (chunk: number) =>
        this.#order.phaseOf(table, chunk) === "data" && (differing === undefined || differing.has(chunk));
      yield* this.#write(writers, table, chooseChunks(table, wanted), done);
      for (let chunk = 0; chunk < table.count; chunk++)
        if (this.#order.phaseOf(table, chunk) === "data") done += table.rawLength[chunk] as number;
      await noted;
      noted = this.#note(Math.max(this.#resumedChunks, table.first + table.count));
      noted.catch(() => {}); // awaited before the next one
    }
    await noted;
    await this.#target.flush();
  }

  async #note(chunks: number): Promise<void> {
    await this.#target.flush();
    await writeMarker(this.#run, this.#target, chunks);
    this.#onCheckpoint(chunks);
  }

  async *#writeSpecial(phase: "boot-areas" | "sector-zero"): Steps {
    yield this.#meter.enter(phase === "sector-zero" ? "table" : phase);
    await using writers = this.#writers(false);
    let done = 0;
    for await (const { table, order } of segmentsOf(this.#run.image, this.#order.special[phase])) {
      yield* this.#write(writers, table, order, done);
      for (const chunk of order) done += table.rawLength[chunk] as number;
    }
    await this.#target.flush();
  }

  async *#write(threads: Threads, table: ChunkTable, order: Uint32Array, done: number): Steps {
    const { problems } = yield* showPass(threads, table, { order }, (bytes) => this.#meter.at(done + bytes));
    const [first] = problems;
    if (first && !this.#run.plan.options.salvage)
      throw chunkDamaged(this.#run.image, table, first.chunk - table.first, first.problem);
    this.#tell(table, problems);
  }

  /** Warnings reach a user whose job ends as failed, which has no report. */
  #tell(table: ChunkTable, problems: readonly ChunkProblem[]): void {
    for (const text of this.#damaged.add(table, problems)) this.#meter.warn("CHUNK_DAMAGED", text);
  }

  #writers(targetIsZero: boolean): Threads {
    const { image, plan, bytesPerSecond, signal } = this.#run;
    const { salvage } = plan.options;
    const task = { kind: "restore", image: image.place, disk: this.#target.path, salvage, targetIsZero } as const;
    return new Threads(task, { signal, bytesPerSecond });
  }

  #phases(): Phase<RestorePhase>[] {
    const { bytes } = this.#order;
    const phases: Phase<RestorePhase>[] = [
      { phase: "clear", bytes: 0 },
      { phase: "write", bytes: bytes.data },
      { phase: "boot-areas", bytes: bytes["boot-areas"] },
    ];
    if (this.#run.plan.options.verifyTarget) phases.push({ phase: "verify", bytes: bytes.verify, beginsPass: true });
    phases.push({ phase: "table", bytes: bytes["sector-zero"] });
    return phases;
  }
}
