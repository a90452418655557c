import { LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import type { FatLayout } from "#imaging/filesystem/fat/layout.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { nextSlot } from "./bios-slots.ts";
import { otherSide } from "./boot-volume.ts";
import { findStick, holdStick } from "./hold-stick.ts";
import { planUpdate } from "./plan-update.ts";
import { readStick, type Stick } from "./read-stick.ts";
import type { StickPhase, StickPlan, StickReport } from "./stick-plan.ts";
import type { StickWork } from "./stick-work.ts";
import { switchGrub } from "./switch-grub.ts";
import { NextSet } from "./switch-set.ts";

type Steps = AsyncGenerator<Progress<StickPhase>, number, undefined>;

/**
 * Updates a stick as a plan says. Whatever stops it, at any moment, leaves a stick that starts the old system or the new one: the new files
 * go where the old ones need nothing, are read back, and one sector switches. The same for GRUB's core image.
 * The data partition is never written to.
 * @throws PLAN_STALE, the refusals of planUpdate, STICK_UNKNOWN, STICK_READS_BACK, TOOL_MISSING, TOOL_FAILED, READ_FAILED, WRITE_FAILED, JOB_BUSY
 */
export const updateStick = (plan: StickPlan, work: StickWork): Operation<Progress<StickPhase>, StickReport> =>
  async function* (signal) {
    const started = Date.now();
    const update = new StickUpdate(plan, work, signal);
    const writtenBytes = plan.operations.length === 0 ? 0 : yield* update.steps();
    const { kind, id, target, system, before, warnings } = plan;
    return {
      ...{ kind, planId: id, target: { id: target.id, path: target.path, name: target.name } },
      ...{ startedAt: new Date(started).toISOString(), seconds: (Date.now() - started) / 1000 },
      ...{ writtenBytes, verified: true, system, before, warnings },
    };
  };

/** Whether a stick starts another GRUB under BIOS than that of a system. */
export async function grubDiffers(
  device: BlockDevice,
  { bios }: Stick,
  { system }: Pick<StickWork, "system">,
): Promise<boolean> {
  return bios !== undefined && (await nextSlot(device, bios, system.grub)) !== undefined;
}

class StickUpdate {
  readonly #plan: StickPlan;
  readonly #work: StickWork;
  readonly #signal: AbortSignal;
  readonly #meter: ProgressMeter<StickPhase>;

  constructor(plan: StickPlan, work: StickWork, signal: AbortSignal) {
    this.#plan = plan;
    this.#work = work;
    this.#signal = signal;
    this.#meter = new ProgressMeter<StickPhase>([
      { phase: "prepare", bytes: 0 },
      { phase: "write", bytes: plan.writeBytes },
      { phase: "verify", bytes: plan.writeBytes, beginsPass: true },
      { phase: "switch", bytes: 0 },
    ]);
  }

  /** @returns bytes of files and boot code that were written */
  async *steps(): Steps {
    yield this.#meter.enter("prepare");
    const stick = await readStick(await findStick(this.#plan));
    const { sectorSize, name } = this.#plan.target;
    const side = otherSide(stick.side);
    const made = await this.#work.volumes.get({ size: stick.boot.size, sectorSize, side });
    if (!isSameGeometry(made.volume.layout, stick.volume.layout))
      throw new LifeboatError("STICK_UNKNOWN", { target: name, reason: "its boot partition has another geometry" });
    const readsBack = (offset: number) => new LifeboatError("STICK_READS_BACK", { target: name, offset });
    await using source = await openDevice(made.file, { sectorSize });
    await using held = await holdStick(this.#plan, (disk) => this.#planAgain(disk));
    // First: the new GRUB reads the old menu, while the old one might not know what the new menu asks for.
    const { system } = this.#work;
    const grubBytes = stick.bios ? await switchGrub(held.device, stick.bios, system.grub, readsBack) : 0;
    if (!this.#plan.operations.some(({ op }) => op === "write-set")) return grubBytes;
    const boot = sliceTarget(held.device, stick.boot.start, stick.boot.size);
    const next = new NextSet(boot, { source, made, side }, readsBack);
    yield* this.#bring(next);
    return grubBytes + next.bytes;
  }

  async *#bring(next: NextSet): AsyncGenerator<Progress<StickPhase>, void, undefined> {
    for (const phase of ["write", "verify"] as const) this.#meter.expect(phase, next.bytes);
    yield this.#meter.enter("write");
    for await (const done of next.write(this.#signal)) yield this.#meter.at(done);
    yield this.#meter.enter("verify");
    for await (const done of next.compare(this.#signal)) yield this.#meter.at(done);
    yield this.#meter.enter("switch");
    await next.switch();
  }

  async #planAgain(disk: Disk): Promise<StickPlan> {
    const stick = await readStick(disk);
    await using device = await openDevice(disk.path, { sectorSize: disk.sectorSize });
    const differs = await grubDiffers(device, stick, this.#work);
    return planUpdate(this.#work.system, disk, { stick, grubDiffers: differs, now: Date.now() });
  }
}

const GEOMETRY = [
  "sectorSize",
  "clusterSize",
  "clusters",
  "fatOffset",
  "fatLength",
  "rootCluster",
  "dataOffset",
] as const;

const isSameGeometry = (a: FatLayout, b: FatLayout): boolean => GEOMETRY.every((field) => a[field] === b[field]);
