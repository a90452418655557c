import { LifeboatError } from "#base/errors.ts";
import { type Phase, type Progress, ProgressMeter, type Warning } from "#base/progress.ts";
import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import type { TableWrite } from "#imaging/disk/partition-table.ts";
import { type ChunkTable, diskOffset } from "#imaging/image/chunk-table.ts";
import { chunkDamaged } from "#imaging/image/image-device.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { RestorePhase, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { clearTarget } from "#imaging/restore/clear-target.ts";
import { DamagedChunks } from "#imaging/restore/damaged-chunks.ts";
import { markerSector, readMarker } from "#imaging/restore/marker.ts";
import { type ChunkOrder, chooseChunks, orderChunks } from "#imaging/restore/order-chunks.ts";
import { tableWrites } from "#imaging/restore/table-writes.ts";
import { dropCache, isSparseFile } from "#imaging/restore/target-device.ts";
import { showPass } from "#imaging/worker/passes.ts";
import { Threads } from "#imaging/worker/threads.ts";

type Steps = AsyncGenerator<Progress<RestorePhase>, void, undefined>;

export interface RestoreRun {
  readonly plan: RestorePlan;
  readonly image: Image;
  /** Plain bytes a second; 0 = no limit. */
  readonly bytesPerSecond: number;
  readonly signal: AbortSignal;
}

/** One attempt at a restore onto a target that is held. */
export class Restore {
  readonly #run: RestoreRun;
  readonly #target: BlockDevice;
  readonly #order: ChunkOrder;
  readonly #meter: ProgressMeter<RestorePhase>;
  readonly #started: number;
  readonly #onCheckpoint: (chunks: number) => void;
  readonly #damaged: DamagedChunks;
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
    const tables = await tableWrites(image, this.#target.size);

    yield this.#meter.enter("clear");
    // Then its zero chunks need no write.
    const targetIsZero = await isSparseFile(this.#target.path);
    this.#resumedChunks = await this.#chunksOfBefore();
    await clearTarget(this.#target, image.manifest, this.#marker(this.#resumedChunks));
    this.#onCheckpoint(0);

    yield* this.#writeData(targetIsZero);
    yield* this.#writeSpecial("boot-areas");
    if (plan.options.verifyTarget) yield* this.#verify();
    yield* this.#writeSpecial("sector-zero");
    // Now: on a larger disk the table is adapted, and the first sectors are not what the image has any more.
    if (plan.options.verifyTarget) yield* this.#verifySectorZero();
    for (const { offset, bytes } of tables) {
      if (offset === 0) await this.#target.flush(); // all else is on the disk before sector 0 says so
      await this.#target.write(bytes, offset);
    }
    await this.#target.flush();
    if (plan.options.verifyTarget) await this.#verifyTables(tables);
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

  #marker(chunks: number) {
    const { image, plan } = this.#run;
    return { planId: plan.id, rootHash: new Uint8Array(Buffer.from(image.rootHash, "hex")), chunks };
  }

  /** Segment after segment, each flushed and noted in the marker: an interrupted restore goes on from there. */
  async *#writeData(targetIsZero: boolean): Steps {
    yield this.#meter.enter("write");
    await using writers = this.#threads("restore", targetIsZero);
    let done = 0;
    // The disk flushes a segment while the next one is written.
    let noted: Promise<void> = Promise.resolve();
    for await (const table of this.#run.image.index.read()) {
      const resumed = table.first + table.count <= this.#resumedChunks;
      const differing = resumed ? await this.#differing(table) : undefined;
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
    await this.#target.write(markerSector(this.#marker(chunks), this.#target.sectorSize), 0);
    this.#onCheckpoint(chunks);
  }

  /** Of a segment that was written before the interruption: what is not as it should be, whoever changed it. */
  async #differing(table: ChunkTable): Promise<Set<number>> {
    await using readers = this.#threads("verify-target");
    const pass = readers.pass(table, {
      order: chooseChunks(table, (chunk) => this.#order.phaseOf(table, chunk) === "data"),
    });
    let step = await pass.next();
    while (!step.done) step = await pass.next();
    return new Set(step.value.problems.map(({ chunk }) => chunk - table.first));
  }

  async *#writeSpecial(phase: "boot-areas" | "sector-zero"): Steps {
    yield this.#meter.enter(phase === "sector-zero" ? "table" : phase);
    await using writers = this.#threads("restore", false);
    let done = 0;
    for await (const { table, order } of this.#chosen(this.#order.special[phase])) {
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
    // Warnings reach a user whose job ends as failed, which has no report.
    for (const text of this.#damaged.add(table, problems)) this.#meter.warn("CHUNK_DAMAGED", text);
  }

  /** A second pass over the target itself, not a flag inside the writer. */
  async *#verify(): Steps {
    yield this.#meter.enter("verify");
    await dropCache(this.#target.path);
    await using readers = this.#threads("verify-target");
    let done = 0;
    for await (const table of this.#run.image.index.read()) {
      const order = chooseChunks(
        table,
        (chunk) => this.#order.isVerifiable(table, chunk) && !this.#damaged.has(table.first + chunk),
      );
      const { problems } = yield* showPass(readers, table, { order }, (bytes) => this.#meter.at(done + bytes));
      const [first] = problems;
      if (first) {
        const chunk = first.chunk - table.first;
        const region = this.#run.image.manifest.regions[table.region[chunk] as number]?.label ?? "?";
        throw this.#readBackFailed(region, diskOffset(table, chunk), problems.length);
      }
      for (const chunk of order) done += table.rawLength[chunk] as number;
    }
  }

  async *#verifySectorZero(): Steps {
    await dropCache(this.#target.path);
    await using readers = this.#threads("verify-target");
    const intact = this.#order.special["sector-zero"].filter((chunk) => !this.#damaged.has(chunk));
    for await (const { table, order } of this.#chosen(intact)) {
      const { problems } = yield* showPass(readers, table, { order }, () => this.#meter.at(0));
      if (problems.length > 0) await this.#takeStartAway("the first sectors", 0, problems.length);
    }
  }

  async #verifyTables(tables: readonly TableWrite[]): Promise<void> {
    await dropCache(this.#target.path);
    const wrong: TableWrite[] = [];
    for (const write of tables) {
      const found = await readBytes(this.#target, write.offset, write.bytes.length);
      if (Buffer.compare(found, write.bytes) !== 0) wrong.push(write);
    }
    const [first] = wrong;
    if (first) await this.#takeStartAway(first.what, first.offset, wrong.length);
    this.#verified = true;
  }

  /** A start of the disk that reads back wrongly is taken away again: nobody shall start from this disk, or trust it. */
  async #takeStartAway(what: string, offset: number, count: number): Promise<never> {
    await this.#target.write(markerSector(this.#marker(0), this.#target.sectorSize), 0);
    await this.#target.flush();
    throw this.#readBackFailed(what, offset, count);
  }

  /** Segments that hold any of the chunks, with the places of those. */
  async *#chosen(
    chunks: readonly number[],
  ): AsyncGenerator<{ table: ChunkTable; order: Uint32Array }, void, undefined> {
    const { index } = this.#run.image;
    const wanted = new Set(chunks);
    for (const segment of new Set(chunks.map((chunk) => index.segmentOf(chunk)))) {
      const table = await index.load(segment);
      yield { table, order: chooseChunks(table, (chunk) => wanted.has(table.first + chunk)) };
    }
  }

  #threads(kind: "restore" | "verify-target", targetIsZero = false): Threads {
    const { image, plan, bytesPerSecond, signal } = this.#run;
    const disk = this.#target.path;
    const { salvage } = plan.options;
    const task =
      kind === "restore" ? { kind, image: image.place, disk, salvage, targetIsZero } : ({ kind, disk } as const);
    return new Threads(task, { signal, bytesPerSecond });
  }

  #readBackFailed(region: string, offset: number, damaged: number): LifeboatError {
    return new LifeboatError("TARGET_VERIFY_FAILED", { device: this.#target.path, region, offset, damaged });
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
