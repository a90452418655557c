import { createHash, randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Phase, type Progress, ProgressMeter } from "#base/progress.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import type { Partition, TableWrite } from "#imaging/disk/partition.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { clearTarget, extentsToClear } from "#imaging/restore/clear-target.ts";
import { markerSector, readMarker } from "#imaging/restore/marker.ts";
import { refuseUndoOnTarget } from "#imaging/undo/place.ts";
import { saveOld } from "#imaging/undo/save-old.ts";
import { placeGrub } from "./bios-slots.ts";
import { findStick, holdStick } from "./hold-stick.ts";
import { type DataFilesystem, makeDataVolume } from "./make-data-volume.ts";
import { planStick } from "./plan-stick.ts";
import { bytesOf, compare, type Piece, pour, usedBlocks } from "./pour.ts";
import { stickLayout } from "./stick-layout.ts";
import type { StickPhase, StickPlan, StickReport } from "./stick-plan.ts";
import { stickTable, tablePartitions } from "./stick-table.ts";
import { withSerial } from "./stick-volume.ts";
import { pieceOf, type StickWork } from "./stick-work.ts";

type Steps = AsyncGenerator<Progress<StickPhase>, StickReport, undefined>;

/**
 * Makes a stick as a plan says: old content saved -> partition table removed -> partitions written -> read back -> partition table. Like a
 * restore that was interrupted, an unfinished stick has no table and says so; the same command makes it again.
 * @throws PLAN_STALE, the refusals of planStick, TARGET_VERIFY_FAILED, UNDO_NO_ROOM, UNDO_NOT_SAVED, TOOL_MISSING, TOOL_FAILED, READ_FAILED,
 * WRITE_FAILED, TARGET_FULL, JOB_BUSY
 */
export const makeStick =
  (plan: StickPlan, work: StickWork): Operation<Progress<StickPhase>, StickReport> =>
  (signal) =>
    new StickMaker(plan, work, signal).steps();

class StickMaker {
  readonly #plan: StickPlan;
  readonly #work: StickWork;
  readonly #signal: AbortSignal;
  readonly #started = Date.now();
  readonly #meter: ProgressMeter<StickPhase>;
  #undo: StickReport["undo"];

  constructor(plan: StickPlan, work: StickWork, signal: AbortSignal) {
    this.#plan = plan;
    this.#work = work;
    this.#signal = signal;
    const save: Phase<StickPhase>[] = plan.undo ? [{ phase: "save", bytes: 0 }] : [];
    this.#meter = new ProgressMeter<StickPhase>([
      { phase: "prepare", bytes: 0 },
      ...save,
      { phase: "write", bytes: plan.writeBytes },
      { phase: "verify", bytes: plan.writeBytes, beginsPass: true },
      { phase: "table", bytes: 0 },
    ]);
  }

  async *steps(): Steps {
    yield this.#meter.enter("prepare");
    const data = join(this.#work.scratch, `data-${randomUUID()}`);
    try {
      await using pieces = await this.#pieces(data);
      const { partitions } = this.#plan;
      const entries = tablePartitions(partitions);
      await using held = await holdStick(this.#plan, (disk) => this.#planAgain(disk));
      const tables = stickTable(held.device, entries, pieces.bootCode);
      const undoId = yield* this.#saveOld(held.device, { pieces: pieces.list, tables, entries });
      await this.#clear(held.device, entries, undoId);
      yield* this.#write(held.device, pieces.list);
      yield this.#meter.enter("table");
      await this.#finish(held.device, tables);
      return this.#report(bytesOf(pieces.list));
    } finally {
      await rm(data, { force: true });
    }
  }

  async #planAgain(disk: Disk): Promise<StickPlan> {
    const { undo, data } = this.#plan;
    if (undo) await refuseUndoOnTarget(undo, disk);
    return planStick(this.#work.system, disk, { data: data as DataFilesystem, undo: undo ?? "unwanted" });
  }

  /** All that is written but tables, in the order of the disk; and the boot code of sector 0, where a BIOS could start it. */
  async #pieces(dataFile: string) {
    const { plan, system, volumes } = { ...this.#work, plan: this.#plan };
    const disk = await findStick(plan);
    const { sectorSize } = disk;
    const { bios, boot, data } = stickLayout({ ...disk, name: disk.path }, system.bytes);
    const made = await volumes.get({ size: boot.size, sectorSize, side: 0 });
    await makeDataVolume(dataFile, { size: data.size, sectorSize, filesystem: plan.data as DataFilesystem });
    const grub = bios && placeGrub(system.grub, bios, 0);
    const stack = new AsyncDisposableStack();
    const bootDevice = stack.use(await openDevice(made.file, { sectorSize }));
    const dataDevice = stack.use(await openDevice(dataFile, { sectorSize }));
    const list: Piece[] = [
      ...(grub ? [pieceOf(grub.core, grub.start)] : []),
      { from: await withSerial(bootDevice, randomBytes(4)), extents: made.used, at: boot.start },
      { from: dataDevice, extents: await usedBlocks(dataDevice), at: data.start },
    ];
    return { list, bootCode: grub?.code, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  }

  async *#saveOld(
    target: BlockDevice,
    {
      pieces,
      tables,
      entries,
    }: { pieces: readonly Piece[]; tables: readonly TableWrite[]; entries: readonly Partition[] },
  ): AsyncGenerator<Progress<StickPhase>, string | undefined, undefined> {
    const { undo: place, target: disk, system, id } = this.#plan;
    const before = await readMarker(target);
    if (!place) return before?.undoId;
    yield this.#meter.enter("save");
    const name = `Lifeboat ${system.version} as a stick`;
    const image = {
      path: "a rescue stick",
      name,
      createdAt: system.packagesAt,
      rootHash: rootHash(this.#plan).toString("hex"),
    };
    const saved = saveOld({
      plan: { id, target: disk, image },
      place,
      image: {
        manifest: { regions: pieces.map(() => ({ kind: "volume" })) },
        regions: pieces.map(({ at, extents }) => ({ start: at, extents })),
      },
      target,
      cleared: extentsToClear(target, { partitions: entries }),
      tables,
      writerVersion: this.#work.writerVersion,
      signal: this.#signal,
    });
    for (let step = await saved.next(); ; step = await saved.next()) {
      if (step.done) {
        this.#undo = step.value;
        return step.value.imageId;
      }
      this.#meter.expect("save", step.value.bytes);
      yield this.#meter.at(step.value.done);
    }
  }

  /** From its first write on the stick has no table, and says why. */
  async #clear(target: BlockDevice, entries: readonly Partition[], undoId: string | undefined): Promise<void> {
    const marker = { planId: this.#plan.id, rootHash: new Uint8Array(rootHash(this.#plan)), chunks: 0, undoId };
    await target.write(markerSector(marker, target.sectorSize), 0);
    await target.flush();
    await clearTarget(target, { partitions: entries });
  }

  async *#write(target: BlockDevice, pieces: readonly Piece[]): AsyncGenerator<Progress<StickPhase>, void, undefined> {
    for (const phase of ["write", "verify"] as const) this.#meter.expect(phase, bytesOf(pieces));
    yield this.#meter.enter("write");
    for await (const done of pour(target, pieces, this.#signal)) yield this.#meter.at(done);
    await target.flush();
    yield this.#meter.enter("verify");
    for await (const done of compare(target, pieces, (offset) => this.#differs(target, offset), this.#signal))
      yield this.#meter.at(done);
  }

  async #finish(target: BlockDevice, tables: readonly TableWrite[]): Promise<void> {
    for (const { offset, bytes } of tables) {
      if (offset === 0) await target.flush(); // all else is on the disk before sector 0 says so
      await target.write(bytes, offset);
    }
    await target.flush();
    const pieces = tables.map(({ offset, bytes }) => pieceOf(bytes, offset));
    for await (const _ of compare(target, pieces, (offset) => this.#differs(target, offset), this.#signal));
  }

  readonly #differs = ({ path }: BlockDevice, offset: number): LifeboatError =>
    new LifeboatError("TARGET_VERIFY_FAILED", { device: path, region: "the stick", offset, damaged: 1 });

  #report(writtenBytes: number): StickReport {
    const { kind, id, target, system, warnings } = this.#plan;
    return {
      ...{ kind, planId: id, target: { id: target.id, path: target.path, name: target.name } },
      ...{ startedAt: new Date(this.#started).toISOString(), seconds: (Date.now() - this.#started) / 1000 },
      ...{ writtenBytes, verified: true, system, undo: this.#undo, warnings },
    };
  }
}

/** 32 bytes that stand for the system: what the marker names. */
const rootHash = ({ system }: Pick<StickPlan, "system">): Buffer => createHash("sha256").update(system.id).digest();
