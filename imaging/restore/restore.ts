import { LifeboatError } from "#base/errors.ts";
import { type Phase, type Progress, ProgressMeter, type Warning } from "#base/progress.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { withHead } from "#imaging/device/with-head.ts";
import type { TableWrite } from "#imaging/disk/partition.ts";
import { type ChunkTable, chooseChunks } from "#imaging/image/chunk-table.ts";
import { chunkDamaged, type OnDamage } from "#imaging/image/image-device.ts";
import type { RestorePhase, RestoreReport } from "#imaging/plan/plan.ts";
import { bytesToClear, clearAll, clearAround, clearTarget } from "#imaging/restore/clear-target.ts";
import { DamagedChunks } from "#imaging/restore/damaged-chunks.ts";
import { refuseLocked } from "#imaging/restore/fit-inside.ts";
import { fitVolumes } from "#imaging/restore/fit-volumes.ts";
import { KeptUndo } from "#imaging/restore/kept-undo.ts";
import { type RestoreMarker, readMarker } from "#imaging/restore/marker.ts";
import { nameVolumes, refuseUnnamed } from "#imaging/restore/name-volumes.ts";
import { type ChunkOrder, orderChunks } from "#imaging/restore/order-chunks.ts";
import { readHead } from "#imaging/restore/read-head.ts";
import { type RestoreRun, segmentsOf, writeMarker } from "#imaging/restore/restore-run.ts";
import { tableWrites } from "#imaging/restore/table-writes.ts";
import { TargetCheck } from "#imaging/restore/target-check.ts";
import { dropCache, isSparseFile } from "#imaging/restore/target-device.ts";
import { WrittenChunks } from "#imaging/restore/written-chunks.ts";
import { type BadExtent, mergeBad } from "#imaging/salvage/bad-extent.ts";
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
  readonly #written: WrittenChunks;
  readonly #undo: KeptUndo;
  readonly #check: TargetCheck;
  /** Of a clone: what could not be read of the source. */
  readonly #bad: BadExtent[] = [];
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
    this.#written = new WrittenChunks(run.image);
    this.#undo = new KeptUndo(run, target);
    this.#check = new TargetCheck(run, target, this.#order, this.#isToReadBack);
    this.#meter = new ProgressMeter(this.#phases());
  }

  /**
   * The main path of a restore. Read it from top to bottom:
   *   old content saved -> target cleared -> chunks written, segment by segment -> boot areas -> read back -> file systems
   *   fitted to another layout -> partition table.
   * Sector 0 and the table come last, so a target whose restore was interrupted, or reads back wrongly, visibly does
   * not boot. Nothing is written before the image's structure and the plan have been checked.
   */
  async *steps(): Steps {
    const { image, original, plan } = this.#run;
    // Parsed before the first write: an image whose table cannot be placed must leave the target as it was.
    const onDamage = plan.options.salvage
      ? (table: ChunkTable, one: ChunkProblem) => this.#tell(table, [one])
      : undefined;
    const tables = await tableWrites(original, { targetSize: this.#target.size, layout: plan.layout }, onDamage);
    if (plan.layout) {
      await refuseLocked(this.#run, plan.layout);
      await refuseUnnamed(this.#run, plan.layout);
    }

    const before = await readMarker(this.#target);
    yield* this.#saveOld(before, tables);

    yield this.#meter.enter("clear");
    // Then its zero chunks need no write.
    const targetIsZero = await isSparseFile(this.#target.path);
    await this.#clear(before);
    if (plan.options.everySector) {
      this.#meter.expect("clear", bytesToClear(this.#target.size, image));
      for await (const bytes of clearAll(this.#target, image)) {
        this.#run.signal.throwIfAborted();
        yield this.#meter.at(bytes);
      }
    }
    yield* this.#writeData(targetIsZero);
    yield* this.#writeSpecial("boot-areas");
    if (plan.options.verifyTarget) {
      if (plan.options.delta) this.#meter.expect("verify", this.#written.chunkBytes);
      yield this.#meter.enter("verify");
      for await (const bytes of this.#check.data()) yield this.#meter.at(bytes);
    }
    const head = await this.#head(onDamage);
    yield* this.#fitVolumes(head ? withHead(this.#target, head) : this.#target);
    if (head) yield* this.#writeHead(head);
    else yield* this.#writeSpecial("sector-zero");
    // Now: on a larger disk the table is adapted, and the first sectors are not what the image has any more.
    if (plan.options.verifyTarget && !head) for await (const _ of this.#check.sectorZero()) yield this.#meter.at(0);
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

  get bad(): readonly BadExtent[] {
    return mergeBad(this.#bad);
  }

  report(): RestoreReport {
    const { image, plan } = this.#run;
    return {
      kind: plan.kind,
      planId: plan.id,
      outcome: "succeeded",
      startedAt: new Date(this.#started).toISOString(),
      seconds: (Date.now() - this.#started) / 1000,
      writtenBytes: plan.options.delta ? this.#written.bytes : image.rawBytes,
      chunks: image.chunks,
      ...(plan.options.delta && { unchanged: { ...this.#written.unchanged } }),
      ...(this.#undo.saved && { undo: this.#undo.saved }),
      targetVerified: this.#verified,
      damagedChunks: this.#damaged.list(),
      warnings: [...this.#meter.warnings],
    };
  }

  paused(reason: Warning): Progress<RestorePhase> {
    return this.#meter.pausedBy(reason);
  }

  async *#saveOld(before: RestoreMarker | undefined, tables: readonly TableWrite[]): Steps {
    if (!this.#run.plan.undo) return this.#undo.carryOn(before);
    yield this.#meter.enter("save");
    for await (const { done, bytes } of this.#undo.keep(before, tables)) {
      this.#meter.expect("save", bytes);
      yield this.#meter.at(done);
    }
  }

  /** From its first write on the target has no table, and says why. */
  async #clear(before: RestoreMarker | undefined): Promise<void> {
    const { image, plan } = this.#run;
    this.#resumedChunks = this.#chunksOfBefore(before);
    await writeMarker(this.#run, this.#target, this.#resumedChunks);
    await this.#target.flush();
    if (plan.options.delta) await clearAround(this.#target, image);
    else await clearTarget(this.#target, image.manifest);
    this.#onCheckpoint(0);
  }

  /** How many chunks an interrupted restore of this very image had written here. */
  #chunksOfBefore(before: RestoreMarker | undefined): number {
    const isSame = before && Buffer.from(before.rootHash).toString("hex") === this.#run.image.rootHash;
    return isSame ? before.chunks : 0;
  }

  /**
   * Segment after segment, each flushed and noted in the marker: an interrupted restore goes on from there. What it has
   * written is looked at, and written again where it differs, whoever changed it; a delta restore does so with all.
   */
  async *#writeData(targetIsZero: boolean): Steps {
    yield this.#meter.enter("write");
    const { delta = false } = this.#run.plan.options;
    await using writers = this.#writers({ targetIsZero });
    await using correctors = this.#writers({ onlyDiffering: true });
    await using checkers = this.#check.threads();
    if (delta || this.#resumedChunks > 0) await dropCache(this.#target.path);
    let done = 0;
    // The disk flushes a segment while the next one is written.
    let noted: Promise<void> = Promise.resolve();
    for await (const table of this.#run.image.index.read()) {
      const isThere = delta || table.first + table.count <= this.#resumedChunks;
      const all = chooseChunks(table, (chunk) => this.#order.phaseOf(table, chunk) === "data");
      const order = isThere && this.#run.image.askHashes ? yield* this.#differing(checkers, table, all, done) : all;
      yield* this.#write(isThere ? correctors : writers, table, order, done);
      for (const chunk of all) done += table.rawLength[chunk] as number;
      await noted;
      noted = this.#note(Math.max(this.#resumedChunks, table.first + table.count));
      noted.catch(() => {}); // awaited before the next one
    }
    await noted;
    await this.#target.flush();
  }

  /** Where the source's hashes can be asked for, what the target holds already need not come over. @returns the other chunks */
  async *#differing(
    checkers: Threads,
    table: ChunkTable,
    order: Uint32Array,
    done: number,
  ): AsyncGenerator<Progress<RestorePhase>, Uint32Array, undefined> {
    const { image } = this.#run;
    await image.askHashes?.(table, order);
    const { problems } = yield* showPass(checkers, table, { order }, (bytes) => this.#meter.at(done + bytes));
    const differing = new Set(problems.map(({ chunk }) => chunk - table.first));
    await image.index.keepHashes?.(table);
    const isRight = chooseChunks(table, (chunk) => order.includes(chunk) && !differing.has(chunk));
    this.#written.add(table, isRight, [], () => false);
    return chooseChunks(table, (chunk) => differing.has(chunk));
  }

  async #note(chunks: number): Promise<void> {
    await this.#target.flush();
    await writeMarker(this.#run, this.#target, chunks);
    this.#onCheckpoint(chunks);
  }

  /** File systems learn their new places and sizes: by their own tools, while the disk has no table yet. */
  async *#fitVolumes(target: BlockDevice): Steps {
    const { layout } = this.#run.plan;
    if (!layout) return;
    yield this.#meter.enter("fit");
    for await (const _ of fitVolumes(this.#run, layout, target)) yield this.#meter.at(0);
    for await (const note of nameVolumes(this.#run, layout, target)) {
      if (note) this.#meter.warn(note.code, note.text);
      yield this.#meter.at(0);
    }
    await this.#target.flush();
  }

  /**
   * The start of a target that is one volume: its file system's tool needs it, and it is written last of all, so it is in
   * memory till then.
   */
  async #head(onDamage: OnDamage | undefined): Promise<Uint8Array | undefined> {
    const { layout } = this.#run.plan;
    if (layout?.tableType !== "none") return undefined;
    return readHead(this.#run, layout, this.#target.size, onDamage);
  }

  async *#writeHead(head: Uint8Array): Steps {
    yield this.#meter.enter("table");
    await this.#target.write(head, 0);
    await this.#target.flush();
    if (this.#run.plan.options.verifyTarget) await this.#check.head(head);
  }

  async *#writeSpecial(phase: "boot-areas" | "sector-zero"): Steps {
    yield this.#meter.enter(phase === "sector-zero" ? "table" : phase);
    await using writers = this.#writers({ onlyDiffering: this.#run.plan.options.delta === true });
    let done = 0;
    for await (const { table, order } of segmentsOf(this.#run.image, this.#order.special[phase])) {
      yield* this.#write(writers, table, order, done);
      for (const chunk of order) done += table.rawLength[chunk] as number;
    }
    await this.#target.flush();
  }

  async *#write(threads: Threads, table: ChunkTable, order: Uint32Array, done: number): Steps {
    await this.#run.image.fetch?.(table, order);
    const shown = (bytes: number) => this.#meter.at(done + bytes);
    const { problems, written, bad } = yield* showPass(threads, table, { order }, shown);
    await this.#run.image.index.keepHashes?.(table);
    this.#bad.push(...bad);
    const [first] = problems;
    if (first && !this.#run.plan.options.salvage)
      throw chunkDamaged(this.#run.image, table, first.chunk - table.first, first.problem);
    this.#tell(table, problems);
    this.#written.add(table, order, written, (chunk) => this.#damaged.has(chunk));
  }

  /** Of a delta restore, what was found right when it was read for that is not read again. */
  readonly #isToReadBack = (chunk: number): boolean =>
    !this.#damaged.has(chunk) && (!this.#run.plan.options.delta || this.#written.has(chunk));

  /** Warnings reach a user whose job ends as failed, which has no report. */
  #tell(table: ChunkTable, problems: readonly ChunkProblem[]): void {
    for (const { text, said } of this.#damaged.add(table, problems)) this.#meter.warn("CHUNK_DAMAGED", text, said);
  }

  #writers({ targetIsZero = false, onlyDiffering = false }): Threads {
    const { image, plan, bytesPerSecond, signal } = this.#run;
    const how = { salvage: plan.options.salvage, targetIsZero, onlyDiffering };
    const task = { kind: "restore", chunks: image.chunkPlace, disk: this.#target.path, ...how } as const;
    return new Threads(task, { signal, bytesPerSecond });
  }

  #phases(): Phase<RestorePhase>[] {
    const { bytes } = this.#order;
    const { undo, options } = this.#run.plan;
    const phases: Phase<RestorePhase>[] = [
      ...(undo ? [{ phase: "save", bytes: 0 } as const] : []),
      { phase: "clear", bytes: 0 },
      { phase: "write", bytes: bytes.data },
      { phase: "boot-areas", bytes: bytes["boot-areas"] },
    ];
    if (options.verifyTarget)
      phases.push({ phase: "verify", bytes: options.delta ? 0 : bytes.verify, beginsPass: true });
    if (this.#run.plan.layout) phases.push({ phase: "fit", bytes: 0 });
    phases.push({ phase: "table", bytes: bytes["sector-zero"] });
    return phases;
  }
}
