import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { WORK_DIR } from "#mediabuilder/build-parts.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import { buildStickWork } from "#mediabuilder/usb/build-sticks.ts";
import type { DataFilesystem } from "#mediabuilder/usb/make-data-volume.ts";
import { planSticks } from "#mediabuilder/usb/plan-sticks.ts";
import { runSticks } from "#mediabuilder/usb/run-sticks.ts";
import type { StickPhase } from "#mediabuilder/usb/stick-plan.ts";
import { DEBUG_SHELL } from "./iso-guest.ts";

const GIB = 2 ** 30;

export interface TestStick {
  readonly sectorSize?: 512 | 4096;
  readonly data?: DataFilesystem;
  readonly kernelParameters?: string;
  readonly kiosk?: boolean;
  /** Bytes. */
  readonly size?: number;
  /** As if it were another version of Lifeboat; with `update` the stick is there already. */
  readonly version?: string;
  readonly update?: boolean;
  /** Called when all is built and the stick is about to be written, with "begin", and then with each phase. */
  readonly onPhase?: (phase: "begin" | StickPhase) => void;
}

/**
 * A stick as a raw file, of the sources as they are now, from the stages that `make iso` keeps.
 * @param name of the file in out/vm, or with `update` its path
 * @returns its path
 */
export async function buildTestStick(name: string, options: TestStick = {}): Promise<string> {
  const { sectorSize = 512, data = "exfat", kernelParameters = DEBUG_SHELL, kiosk = true, size = 3 * GIB } = options;
  const { version = "0.1.0", update = false } = options;
  const file = update ? name : join(import.meta.dirname, "../../out/vm", `${name}.img`);
  await mkdir(join(file, ".."), { recursive: true });
  if (!update) {
    await using handle = await open(file, "w");
    await handle.truncate(size);
  }
  await using work = await buildStickWork({
    ...{ workDir: WORK_DIR, version, log: () => {} },
    config: MediaConfig.parse({ kind: kiosk ? "kiosk" : "headless", firmware: false, kernelParameters }),
  });
  const [planned] = await planSticks({ targets: [file], sectorSize, update, data, undo: "unwanted" }, work.system);
  if (!planned || "error" in planned) throw planned?.error ?? new Error("no plan");
  const { onPhase } = options;
  onPhase?.("begin");
  const steps = runSticks([planned.plan], work)(new AbortController().signal);
  let phase: StickPhase | undefined;
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) {
    if (step.value.phase !== phase) onPhase?.(step.value.phase);
    phase = step.value.phase;
  }
  const [outcome] = step.value;
  if (outcome && "error" in outcome) throw outcome.error;
  return file;
}
