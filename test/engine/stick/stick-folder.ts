import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDevice } from "#imaging/device/file-device.ts";
import { fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { undoPlace } from "#imaging/undo/place.ts";
import { BootVolumes } from "#mediabuilder/usb/boot-volumes.ts";
import type { DataFilesystem } from "#mediabuilder/usb/make-data-volume.ts";
import { planStick } from "#mediabuilder/usb/plan-stick.ts";
import { planUpdate } from "#mediabuilder/usb/plan-update.ts";
import { readStick } from "#mediabuilder/usb/read-stick.ts";
import { stickOperation } from "#mediabuilder/usb/run-sticks.ts";
import type { StickPlan, StickReport } from "#mediabuilder/usb/stick-plan.ts";
import type { StickWork } from "#mediabuilder/usb/stick-work.ts";
import { grubDiffers } from "#mediabuilder/usb/update-stick.ts";
import type { SampleSystem } from "./sample-system.ts";

/** A folder for sticks that are files, and all that making them takes. */
export class StickFolder implements AsyncDisposable {
  readonly path: string;
  #works = 0;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<StickFolder> {
    return new StickFolder(await mkdtemp(join(tmpdir(), "lifeboat-stick-")));
  }

  /** One that is there already: of another process. */
  static at(path: string): StickFolder {
    return new StickFolder(path);
  }

  /** An empty file that stands for a stick. */
  async blank(name: string, bytes: number): Promise<string> {
    const file = join(this.path, name);
    await using handle = await open(file, "w");
    await handle.truncate(bytes);
    return file;
  }

  async work({ system, tree }: SampleSystem): Promise<StickWork> {
    const scratch = join(this.path, `scratch-${process.pid}-${++this.#works}`);
    await mkdir(scratch);
    return { system, volumes: new BootVolumes(scratch, tree), scratch, writerVersion: "0.0.0" };
  }

  async planMake(
    { system }: SampleSystem,
    target: string,
    { sectorSize, data = "exfat" }: { sectorSize?: number; data?: DataFilesystem } = {},
  ): Promise<StickPlan> {
    const undo = (await undoPlace({ path: join(this.path, "undo"), kind: "folder" })) ?? "no-place";
    return planStick(system, await findDisk(target, { sectorSize }), { data, undo });
  }

  async planUpdate(sample: SampleSystem, target: string, now = Date.now()): Promise<StickPlan> {
    const disk = await findDisk(target);
    const stick = await readStick(disk);
    await using device = await openDevice(disk.path, fileOptions(disk));
    const differs = await grubDiffers(device, stick, await this.work(sample));
    return planUpdate(sample.system, disk, { stick, grubDiffers: differs, now });
  }

  async run(plan: StickPlan, sample: SampleSystem): Promise<{ report: StickReport; phases: string[] }> {
    const steps = stickOperation(plan, await this.work(sample))(new AbortController().signal);
    const phases: string[] = [];
    for (let step = await steps.next(); ; step = await steps.next()) {
      if (step.done) return { report: step.value, phases };
      if (phases.at(-1) !== step.value.phase) phases.push(step.value.phase);
    }
  }

  async make(sample: SampleSystem, target: string, options: { sectorSize?: number; data?: DataFilesystem } = {}) {
    return await this.run(await this.planMake(sample, target, options), sample);
  }

  async update(sample: SampleSystem, target: string) {
    return await this.run(await this.planUpdate(sample, target), sample);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
