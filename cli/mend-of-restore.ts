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
import type { LayoutWish, PlannedLayout } from "#imaging/layout/layout.ts";
import { mayStart } from "#imaging/mend/may-start.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { placedTarget } from "#imaging/preflight/choose-target.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { fitOfLayout, preflight } from "#imaging/preflight/preflight.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

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

/** @returns undefined where nothing is asked for, and nothing could start. @throws USAGE */
export function mendOfRestore(
  options: MendRestoreOptions,
  manifest: Manifest,
  layout: PlannedLayout | undefined,
): MendWish | undefined {
  const { universal = false, identity, firmware, bootRepair } = options;
  const isAsked = universal || identity === "new" || firmware !== undefined;
  if (!bootRepair && isAsked)
    throw new LifeboatError("USAGE", {
      problem: "--no-boot-repair goes with none of --universal, --identity new and --firmware",
    });
  // Windows cannot look into the systems: what is not asked for is left out, and what is asked for is refused when it is run.
  const isUsual = mayStart(manifest) && process.platform !== "win32";
  if (!bootRepair || (!isAsked && !isUsual)) return undefined;
  const wish = mendWish(options, { boot: true, universal });
  return {
    ...{ ...wish, renew: universal || firmware !== undefined || layout !== undefined },
    ...(layout?.moved && { moved: layout.moved }),
  };
}

/** A disk that is to start under firmware of another kind needs a partition for it. */
export function withFirmware(
  wish: LayoutWish | undefined,
  { firmware }: Pick<MendRestoreOptions, "firmware">,
): LayoutWish | undefined {
  if (firmware === undefined) return wish;
  const role = firmware === "uefi" ? "esp" : "bios-grub";
  return { ...(wish ?? { mode: "shrink" }), add: [{ role }] };
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
  const machine = options.preflight && mend ? await mendMachine(options, disk.kind) : undefined;
  if (!machine) return undefined;
  const { universal, firmware, discardHibernation } = options;
  const wish = {
    ...{ ...fitOfLayout(image.manifest, layout, disk.size), bootRepair: true },
    ...(universal && { universal }),
    ...(firmware && { firmware }),
    ...(discardHibernation && { discardHibernation }),
  };
  const target = placedTarget(machine, disk);
  return await preflight(image, { machine, target, wish, keys, signal: new AbortController().signal });
}

/** Read once for all plans: nothing of it is asked where no plan has a use for it. */
export async function machineOf(
  plans: readonly RestorePlan[],
  options: Pick<MendOptions, "machine">,
): Promise<{ machine?: MachineHardware }> {
  const mended = plans.find(({ mend }) => mend !== undefined);
  const machine = mended && (await mendMachine(options, mended.target.kind));
  return machine ? { machine } : {};
}
