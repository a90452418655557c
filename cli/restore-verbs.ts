import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type CacheOptions, imagePath, withCache } from "#cli/image-path.ts";
import { refusePlain, type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { intoWish, type LayoutOptions, layoutWish, withLayout } from "#cli/layout-options.ts";
import {
  judgedMachine,
  type MendRestoreOptions,
  machineOf,
  systemsWish,
  withMendOfRestore,
} from "#cli/mend-of-restore.ts";
import {
  limitOption,
  passwordFileOption,
  type SectorSizeOptions,
  sectorSizeOf,
  sectorSizeOption,
  waitOption,
} from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import { pairingOf } from "#cli/pairing-code.ts";
import type { Environment } from "#cli/password-input.ts";
import { readPlan } from "#cli/plan-file.ts";
import { runPlan, runPlans } from "#cli/run-plan.ts";
import { runOptions, type TargetOptions, undoWish, withTargets } from "#cli/target-options.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { readKeyFiles, resizeUnlockOption, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { JobStore } from "#imaging/job/job-store.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { checkPlanId } from "#imaging/plan/plan-restore.ts";
import { tellMoves } from "#imaging/plan/tell-moves.ts";
import type { RunRestoreOptions } from "#imaging/restore/run-restore.ts";
import { planWish } from "#imaging/wish/plan-wish.ts";

interface RunOptions extends UnlockOptions, VolumeKeyOptions, Pick<MendRestoreOptions, "machine"> {
  limit?: number;
  wait: number;
}

interface RestoreVerbOptions
  extends RunOptions,
    Omit<TargetOptions, "yesErase">,
    SectorSizeOptions,
    CacheOptions,
    LayoutOptions,
    MendRestoreOptions {
  salvage?: boolean;
  raw?: boolean;
}

/** Of several images, each has its disk. */
type SeveralOptions = Omit<RestoreVerbOptions, "to"> & { to: string[]; yesErase?: string[] };

export function addRestoreVerbs(program: Command, environment: Environment): void {
  const restore = verb(program, "restore", "restore images onto disks; everything on those disks is lost");
  withMendOfRestore(withLayout(withCache(withTargets(restore))))
    .argument("<image...>", "image file, or address of a point; several for several disks, each with its own --to")
    .addOption(sectorSizeOption())
    .option("--raw", "write every sector: zeros where the image has no data")
    .option("--salvage", "go on past damaged parts of the image, which then read as zeros")
    .addOption(resizeUnlockOption())
    .addOption(passwordFileOption())
    .addOption(limitOption())
    .addOption(waitOption())
    .action(async (files: string[], options: SeveralOptions, command: Command) => {
      const output = outputOf(command);
      const store = new JobStore(environment.stateFolder);
      const unlock = unlockWith(options, environment);
      if (files.length !== options.to.length)
        throw new LifeboatError("USAGE", {
          problem: `${files.length} images need as many --to; there are ${options.to.length}`,
        });
      const volumeKeys = await readKeyFiles(options.unlock);
      const given = { unlock, volumeKeys, undoFolder: environment.undoFolder };
      // All of them are planned, and refused, before anything is written.
      const made: RestorePlan[] = [];
      for (const [i, file] of files.entries()) {
        const path = await imagePath(file, options, environment);
        made.push(await makePlan(path, { ...options, to: options.to[i] as string }, given));
      }
      const plans = tellMoves(made);
      refuseTwice(plans);
      if (options.dryRun) return showPlans(plans, output);
      const { prove } = options;
      const run = { ...runOptions(options), unlock, volumeKeys, prove, ...(await machineOf(plans, options)) };
      await runPlans(plans, options.yesErase ?? [], run, { store, output });
    });

  verb(program, "run", "run a plan that `restore --dry-run --json` printed")
    .argument("<plan>", "JSON file")
    .option("--yes-erase <disk-id>", "confirm by naming the target as the plan shows it")
    .option("--machine <file>", "for the machine that this file describes; default: this one")
    .addOption(resizeUnlockOption())
    .addOption(passwordFileOption())
    .addOption(limitOption())
    .addOption(waitOption())
    .action(async (file: string, options: RunOptions & { yesErase?: string }, command: Command) => {
      const plan = await readPlan(file);
      checkPlanId(plan);
      const store = new JobStore(environment.stateFolder);
      const volumeKeys = await readKeyFiles(options.unlock);
      const keys = { unlock: unlockWith(options, environment), volumeKeys };
      const run = {
        ...{ ...runOptions(options), ...keys, ...(await pairingOf(plan, environment)) },
        ...(await machineOf([plan], options)),
      };
      await runPlan(plan, options.yesErase, run, { store, output: outputOf(command) });
    });
}

function showPlans(plans: readonly RestorePlan[], output: Output): void {
  const [first] = plans;
  output.result(plans.length === 1 ? first : plans, () => plans.map(describePlan).join("\n\n"));
}

function refuseTwice(plans: readonly RestorePlan[]): void {
  for (const [i, { target }] of plans.entries())
    if (plans.slice(i + 1).some((other) => other.target.id === target.id))
      throw new LifeboatError("USAGE", { problem: `two images would be written to ${target.path}` });
}

/** A function of its own: the image's extents need not be held while the plan runs. */
async function makePlan(
  path: string,
  options: RestoreVerbOptions,
  { unlock, volumeKeys = [], undoFolder }: RunRestoreOptions & { undoFolder: string },
): Promise<RestorePlan> {
  const image = await openImage(path, { unlock });
  refusePlain(image, options);
  const target = await findDisk(options.to, sectorSizeOf(options));
  const holder = await holdingDisk(image.path, [target]);
  const into = intoWish(options, "keep");
  const layout = into ? undefined : await layoutWish(options);
  const { systems, drivers } = systemsWish(options);
  return planWish(image, target, {
    wish: {
      ...{ systems, into, layout },
      ...(options.system && { onlySystems: true }),
    },
    options: {
      verifyTarget: options.verify,
      salvage: options.salvage === true,
      ...(options.delta && { delta: true }),
      ...(options.raw && { everySector: true }),
    },
    context: { imageDiskId: holder?.id, undo: await undoWish(options, undoFolder) },
    ...{ keys: volumeKeys, drivers, signal: new AbortController().signal },
    machine: () => judgedMachine(options, target.kind),
  });
}
