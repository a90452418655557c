import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import {
  discardHibernationOption,
  firmwareOption,
  type MendOptions,
  mendMachine,
  mendWish,
  withAdaptation,
} from "#cli/mend-options.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { PlannedLayout } from "#imaging/layout/layout.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";
import type { SystemsWish } from "#imaging/wish/restore-wish.ts";
import { judgeRestore, mendFor } from "#imaging/wish/systems.ts";

/** What is asked of the systems on a disk that is written. */
export interface MendRestoreOptions extends MendOptions {
  universal?: boolean;
  bootRepair: boolean;
  prove?: boolean;
  preflight: boolean;
}

export const withMendOfRestore = (command: Command): Command =>
  withAdaptation(
    command
      .option("--universal", "let the systems on it start on other hardware than that of the image")
      .addOption(firmwareOption())
      .addOption(discardHibernationOption())
      .addOption(new Option("--no-boot-repair", "leave what starts the systems as it is in the image"))
      .option("--prove", "then start it in a virtual machine, on a throw-away copy, and tell how far it comes")
      .addOption(new Option("--no-preflight", "do not look whether the systems will start on this machine")),
  );

/** @throws USAGE */
export function systemsWish(options: MendRestoreOptions): { systems: SystemsWish; drivers: readonly string[] } {
  const { universal = false, bootRepair } = options;
  const { firmware, identity, hostname, discardHibernation, drivers } = mendWish(options, { boot: true, universal });
  const isAsked = universal || identity === "new" || firmware !== undefined;
  if (!bootRepair && isAsked)
    throw new LifeboatError("USAGE", {
      problem: "--no-boot-repair goes with none of --universal, --identity new and --firmware",
    });
  return {
    systems: {
      ...{ bootRepair, universal, identity },
      ...(firmware && { firmware }),
      ...(hostname !== undefined && { hostname }),
      ...(discardHibernation && { discardHibernation }),
    },
    drivers,
  };
}

/** @returns undefined where nothing is asked for, and nothing could start. @throws USAGE */
export function mendOfRestore(
  options: MendRestoreOptions,
  manifest: Manifest,
  layout: PlannedLayout | undefined,
): MendWish | undefined {
  const { systems, drivers } = systemsWish(options);
  return mendFor(systems, drivers, manifest, layout);
}

/**
 * Whether the systems will start on the machine that the disk is in, or that a file describes. Of a raw file nobody knows
 * the machine.
 */
export async function preflightOfRestore(
  image: Restorable,
  disk: Disk,
  options: MendRestoreOptions,
  {
    mend,
    layout,
    keys = [],
  }: { mend: MendWish | undefined; layout: PlannedLayout | undefined; keys?: readonly VolumeKey[] },
): Promise<Verdict | undefined> {
  const machine = mend && (await judgedMachine(options, disk.kind));
  if (!machine) return undefined;
  const { systems } = systemsWish(options);
  return await judgeRestore(image, disk, { systems, layout, machine, keys, signal: new AbortController().signal });
}

/** The machine that a pre-flight is for; undefined where nobody knows it, or wants to. */
export const judgedMachine = async (
  options: MendRestoreOptions,
  kind: Disk["kind"],
): Promise<MachineHardware | undefined> => (options.preflight ? await mendMachine(options, kind) : undefined);

/** Read once for all plans: nothing of it is asked where no plan has a use for it. */
export async function machineOf(
  plans: readonly RestorePlan[],
  options: Pick<MendOptions, "machine">,
): Promise<{ machine?: MachineHardware }> {
  const mended = plans.find(({ mend }) => mend !== undefined);
  const machine = mended && (await mendMachine(options, mended.target.kind));
  return machine ? { machine } : {};
}
