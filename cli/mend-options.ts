import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { type SectorSizeOptions, sectorSizeOf, sectorSizeOption } from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import { runOperation } from "#cli/run-operation.ts";
import { exploreUnlockOption, readKeyFiles, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { withSignal } from "#cli/with-signal.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { describeMendPlan, describeMendReport } from "#imaging/mend/describe-mend.ts";
import { isRefused, refuseHibernated } from "#imaging/mend/idle.ts";
import { mediumDrivers } from "#imaging/mend/may-start.ts";
import type { MendReport, MendWish } from "#imaging/mend/mend.ts";
import { planMend } from "#imaging/mend/plan-mend.ts";
import { runMend } from "#imaging/mend/run-mend.ts";
import { loadMachine } from "#imaging/preflight/machine/machine-file.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";

/** What is asked of the systems on a disk. */
export interface MendOptions {
  firmware?: "bios" | "uefi";
  drivers?: string[];
  identity?: "keep" | "new";
  hostname?: string;
  machine?: string;
  discardHibernation?: boolean;
}

export const firmwareOption = () =>
  new Option("--firmware <kind>", "what the disk shall start under (default: what it is made for)").choices([
    "bios",
    "uefi",
  ]);

/** What goes with a change of the systems themselves. */
export const withAdaptation = (command: Command): Command =>
  command
    .option(
      "--drivers <folder>",
      "Windows drivers (.inf) for the new machine; may be given again",
      (folder, all: string[] = []) => [...all, resolve(folder)],
    )
    .addOption(
      new Option(
        "--identity <which>",
        "new: another machine than its source, with its own machine id, SSH host keys, names in the network",
      ).choices(["keep", "new"]),
    )
    .option("--hostname <name>", "with --identity new: its name")
    .option(
      "--machine <file>",
      "for the machine that this file describes (preflight --save-machine); default: this one",
    );

export const discardHibernationOption = () =>
  new Option("--discard-hibernation", "throw a hibernated session of Windows away, which nothing is changed beneath");

/** @throws USAGE */
export function mendWish(options: MendOptions, what: Pick<MendWish, "boot" | "universal">): MendWish {
  const { firmware, identity = "keep", hostname, discardHibernation } = options;
  if (hostname !== undefined && identity !== "new")
    throw new LifeboatError("USAGE", { problem: "--hostname goes with --identity new" });
  return {
    ...{ ...what, renew: true, drivers: [...(options.drivers ?? []), ...mediumDrivers()], identity },
    ...(firmware && { firmware }),
    ...(hostname !== undefined && { hostname }),
    ...(discardHibernation && { discardHibernation }),
  };
}

/**
 * The machine that a disk is for: the one that a file describes; this one for a disk that is in it; of a raw file nobody
 * knows. @throws OPEN_FAILED, REQUEST_INVALID
 */
export async function mendMachine(
  { machine }: MendOptions,
  kind: "block" | "file",
): Promise<MachineHardware | undefined> {
  if (machine !== undefined) return await loadMachine(resolve(machine));
  return kind === "block" ? await readMachine() : undefined;
}

export interface MendVerbOptions extends MendOptions, VolumeKeyOptions, SectorSizeOptions {
  dryRun?: boolean;
  yesChange?: string;
}

export const withMending = (command: Command): Command =>
  command
    .argument("<disk>", "device path, stable id, or raw disk image file")
    .option("--dry-run", "print the plan and change nothing")
    .option("--yes-change <disk-id>", "confirm by naming the disk as the plan shows it")
    .addOption(firmwareOption())
    .addOption(discardHibernationOption())
    .addOption(exploreUnlockOption())
    .addOption(sectorSizeOption());

export async function mend(name: string, wish: MendWish, options: MendVerbOptions, output: Output): Promise<void> {
  const keys = await readKeyFiles(options.unlock);
  const disk = await findDisk(name, sectorSizeOf(options));
  const machine = await mendMachine(options, disk.kind);
  const plan = await withSignal(`looking at ${name}`, (signal) => planMend(disk, wish, { machine, keys, signal }));
  if (options.dryRun) return output.result(plan, () => describeMendPlan(plan));
  if (options.yesChange === undefined)
    throw new LifeboatError("CONFIRMATION_MISSING", { target: plan.target.name, id: plan.target.id });
  checkSame(plan.target, options.yesChange);
  refuseHibernated(plan);
  const onStep = (step: Sentence) => output.tell(step);
  const report = await runOperation(
    wish.undo ? "taking back" : "the repair",
    runMend(plan, { machine, keys, onStep }),
    output,
  );
  output.result(report, () => describeMendReport(report));
  setRefusedStatus(report);
}

export function setRefusedStatus(report: MendReport | undefined): void {
  if (report && isRefused(report)) process.exitCode = REFUSED_STATUS;
}

/** docs/errors.md, "Exit statuses": of what was asked for, one system was left as it is. */
const REFUSED_STATUS = 7;

function checkSame({ id, kind, path }: { id: string; kind: "block" | "file"; path: string }, given: string): void {
  if (given !== id && !(kind === "file" && resolve(given) === path))
    throw new LifeboatError("CONFIRM_MISMATCH", { asked: id });
}
