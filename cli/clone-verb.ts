import type { Command } from "commander";
import { intoWish, type LayoutOptions, layoutWish, withLayout } from "#cli/layout-options.ts";
import {
  judgedMachine,
  type MendRestoreOptions,
  machineOf,
  systemsWish,
  withMendOfRestore,
} from "#cli/mend-of-restore.ts";
import { limitOption, type SectorSizeOptions, sectorSizeOf, sectorSizeOption, waitOption } from "#cli/options.ts";
import type { Environment } from "#cli/password-input.ts";
import { runPlan } from "#cli/run-plan.ts";
import { runOptions, type TargetOptions, undoWish, withTarget } from "#cli/target-options.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { type KeyFile, readKeyFiles, unlockOption } from "#cli/volume-keys.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { JobStore } from "#imaging/job/job-store.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import { planCloneWish } from "#imaging/wish/plan-clone-wish.ts";

interface CloneOptions extends TargetOptions, LayoutOptions, SectorSizeOptions, MendRestoreOptions {
  raw?: boolean;
  leaveOutPageFiles?: boolean;
  unlock?: readonly KeyFile[];
  limit?: number;
  wait: number;
}

const ABOUT = "copy a disk onto another one; everything on that other disk is lost (the word disk may be left out)";

/** `clone SOURCE --to TARGET`: the source is only read. */
export function addCloneVerb(clone: Command, environment: Environment): void {
  withMendOfRestore(withLayout(withTarget(verb(clone, "disk", ABOUT, { isDefault: true }))))
    .argument("<disk>", "source: device path, stable id, or raw disk image file")
    .option("--raw", "copy every sector, whatever is on the disk")
    .option("--leave-out-page-files", "leave out the content of Windows' page and hibernation files")
    .addOption(unlockOption("unlock encrypted partition n, to copy only its used blocks"))
    .addOption(sectorSizeOption())
    .addOption(limitOption())
    .addOption(waitOption())
    .action(async (disk: string, options: CloneOptions, command: Command) => {
      const output = outputOf(command);
      const store = new JobStore(environment.stateFolder);
      const volumeKeys = await readKeyFiles(options.unlock);
      const [source, target] = [await findDisk(disk), await findDisk(options.to, sectorSizeOf(options))];
      const into = intoWish(options, "new");
      const layout = await layoutWish(options);
      const { systems, drivers } = systemsWish(options);
      const plan = await planCloneWish(source, target, {
        wish: {
          ...(layout && { layout }),
          ...(options.system && { onlySystems: true }),
          ...(into && { into }),
          systems,
        },
        ...{ raw: options.raw === true, leaveOutPageFiles: options.leaveOutPageFiles === true, keys: volumeKeys },
        options: { verifyTarget: options.verify, salvage: false, ...(options.delta && { delta: true }) },
        context: { undo: await undoWish(options, environment.undoFolder) },
        ...{ drivers, machine: () => judgedMachine(options, target.kind), signal: new AbortController().signal },
      });
      if (options.dryRun) output.result(plan, () => describePlan(plan));
      else
        await runPlan(
          plan,
          options.yesErase,
          { ...runOptions(options), volumeKeys, prove: options.prove, ...(await machineOf([plan], options)) },
          { store, output },
        );
    });
}
