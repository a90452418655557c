import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { ZodError } from "zod";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { refusePlain, type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import {
  limitOption,
  passwordFileOption,
  type SectorSizeOptions,
  sectorSizeOf,
  sectorSizeOption,
  waitOption,
} from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { runJob } from "#cli/run-job.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { JobStore } from "#imaging/job/job-store.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import { RestorePlan, type RestoreReport } from "#imaging/plan/plan.ts";
import { checkPlanId, planRestore } from "#imaging/plan/plan-restore.ts";
import { type RunRestoreOptions, runRestore } from "#imaging/restore/run-restore.ts";

interface RunOptions extends UnlockOptions {
  limit?: number;
  wait: number;
}

interface RestoreVerbOptions extends RunOptions, SectorSizeOptions {
  to: string;
  dryRun?: boolean;
  yesErase?: string;
  verify: boolean;
  salvage?: boolean;
}

export function addRestoreVerbs(program: Command, environment: Environment): void {
  verb(program, "restore", "restore an image onto a disk; everything on that disk is lost")
    .argument("<image>", "image file")
    .requiredOption("--to <disk>", "target: device path, stable id, or raw disk image file")
    .option("--dry-run", "print the plan and change nothing")
    .option("--yes-erase <disk-id>", "confirm by naming the target as the plan shows it")
    .option("--no-verify", "do not read the target back afterwards")
    .addOption(sectorSizeOption())
    .option("--salvage", "go on past damaged parts of the image, which then read as zeros")
    .addOption(passwordFileOption())
    .addOption(limitOption())
    .addOption(waitOption())
    .action(async (file: string, options: RestoreVerbOptions, command: Command) => {
      const output = outputOf(command);
      const store = new JobStore(environment.stateFolder);
      const unlock = unlockWith(options, environment);
      const plan = await makePlan(resolve(file), options, unlock);
      if (options.dryRun) output.result(plan, () => describePlan(plan));
      else await runPlan(plan, options.yesErase, { ...runOptions(options), unlock }, { store, output });
    });

  verb(program, "run", "run a plan that `restore --dry-run --json` printed")
    .argument("<plan>", "JSON file")
    .option("--yes-erase <disk-id>", "confirm by naming the target as the plan shows it")
    .addOption(passwordFileOption())
    .addOption(limitOption())
    .addOption(waitOption())
    .action(async (file: string, options: RunOptions & { yesErase?: string }, command: Command) => {
      const plan = await readPlan(file);
      checkPlanId(plan);
      const store = new JobStore(environment.stateFolder);
      const run = { ...runOptions(options), unlock: unlockWith(options, environment) };
      await runPlan(plan, options.yesErase, run, { store, output: outputOf(command) });
    });
}

/** A function of its own: the image's extents need not be held while the plan runs. */
async function makePlan(
  path: string,
  options: RestoreVerbOptions,
  unlock: RunRestoreOptions["unlock"],
): Promise<RestorePlan> {
  const image = await openImage(path, { unlock });
  refusePlain(image, options);
  const target = await findDisk(options.to, sectorSizeOf(options));
  const holder = await holdingDisk(image.path, [target]);
  const context = { imageDiskId: holder?.id };
  return planRestore(image, target, context, { verifyTarget: options.verify, salvage: options.salvage === true });
}

const runOptions = ({ limit, wait }: RunOptions): RunRestoreOptions => ({
  bytesPerSecond: limit ?? 0,
  waitSeconds: wait,
});

async function runPlan(
  plan: RestorePlan,
  confirmation: string | undefined,
  options: RunRestoreOptions,
  { store, output }: { store: JobStore; output: Output },
): Promise<void> {
  if (confirmation === undefined)
    throw new LifeboatError("CONFIRMATION_MISSING", { target: plan.target.name, id: plan.target.id });
  checkConfirmation(plan, confirmation);
  await runConfirmed(plan, options, undefined, { store, output });
}

/** @param id the stored job that this goes on with: its plan was confirmed when it began */
export async function runConfirmed(
  plan: RestorePlan,
  options: RunRestoreOptions,
  id: string | undefined,
  { store, output }: { store: JobStore; output: Output },
): Promise<void> {
  const work = { kind: "restore", plan, bytesPerSecond: options.bytesPerSecond ?? 0 } as const;
  const { kind, path, name } = plan.target;
  const what = `restore of ${plan.image.path} to ${kind === "file" ? path : `${name} (${path})`}`;
  const report = await runJob({ what, work, id }, () => runRestore(plan, options), store, output);
  output.result(report, () => describe(plan, report));
}

async function readPlan(file: string): Promise<RestorePlan> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: (cause as Error).message }, { cause });
  }
  try {
    return RestorePlan.parse(JSON.parse(text));
  } catch (cause) {
    const problem = `it is not a restore plan (${firstFault(cause)})`;
    throw new LifeboatError("REQUEST_INVALID", { path: file, problem }, { cause });
  }
}

/** Of a file that is something else, one fault says as much as all of them. */
function firstFault(cause: unknown): string {
  const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
  return issue ? `${issue.path.join(".") || "all of it"}: ${issue.message}` : (cause as Error).message;
}

const describe = (plan: RestorePlan, report: RestoreReport): string =>
  [
    printable(
      `Restored "${plan.image.name}" to ${plan.target.name}: ${formatBytes(report.writtenBytes)} in ${formatDuration(report.seconds)}`,
    ),
    report.targetVerified ? "The target was read back and equals the image." : "The target was not read back.",
  ].join("\n");
