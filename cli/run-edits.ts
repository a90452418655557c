import { readFile } from "node:fs/promises";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { partitionTable } from "#cli/disk-verbs.ts";
import { mendMachine, setRefusedStatus } from "#cli/mend-options.ts";
import { type SectorSizeOptions, sectorSizeOf } from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import { runOperation } from "#cli/run-operation.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, diskName, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { describeMendReport } from "#imaging/mend/describe-mend.ts";
import { editAndMend } from "#imaging/mend/edit-and-mend.ts";
import type { RunMendOptions } from "#imaging/mend/run-mend.ts";
import { Edit } from "#imaging/partition/edit.ts";
import type { EditPlan } from "#imaging/partition/edit-plan.ts";
import { knownLimits } from "#imaging/partition/known-limits.ts";
import { findMove, refuseUnfinished } from "#imaging/partition/move/find-move.ts";
import type { freeSpaces, Picture } from "#imaging/partition/picture.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { planEdits } from "#imaging/partition/plan-edits.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";

export interface EditOptions extends SectorSizeOptions {
  bootRepair?: boolean;
  dryRun?: boolean;
  yesChange?: string;
}

/** Windows cannot look into other systems. */
export const withBootRepair = ({ bootRepair = true }: EditOptions): boolean =>
  bootRepair && process.platform !== "win32";

export async function readEdits(file: string): Promise<Edit[]> {
  try {
    return z
      .array(Edit)
      .min(1)
      .parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    const problem = issue ? `${issue.path.join(".")}: ${issue.message}` : (cause as Error).message;
    throw new LifeboatError(
      "REQUEST_INVALID",
      { path: file, problem: `it is no list of operations (${problem})` },
      { cause },
    );
  }
}

export async function look(
  name: string,
  options: SectorSizeOptions,
  edits: readonly Edit[] = [],
): Promise<{ disk: Disk; picture: Picture }> {
  const disk = await findDisk(name, sectorSizeOf(options));
  await using device = await openDevice(disk.path, fileOptions(disk));
  refuseUnfinished(await findMove(device), disk.path);
  const usedBy = (one: number) => disk.partitions.find((other) => other.number === one)?.usedBy ?? [];
  return { disk, picture: await pictureDisk(device, await knownLimits(device, edits, usedBy)) };
}

export async function carryOut(
  name: string,
  edits: readonly Edit[],
  options: EditOptions,
  output: Output,
): Promise<void> {
  const { disk, picture } = await look(name, options, edits);
  const plan = planEdits(disk, picture, edits, { bootRepair: withBootRepair(options) });
  if (options.dryRun) return output.result(plan, () => describeEdits(plan));
  if (options.yesChange === undefined)
    throw new LifeboatError("CONFIRMATION_MISSING", { target: plan.target.name, id: plan.target.id });
  checkConfirmation(plan, options.yesChange);
  const changing = editAndMend(plan, plan.mend ? await mending(disk, output) : {});
  const report = await runOperation("the change of partitions", changing, output);
  output.result(report, () =>
    [
      ...[...report.steps.map(({ text }) => text), `Done in ${formatDuration(report.seconds)}.`].map(printable),
      ...(report.mend ? [describeMendReport(report.mend)] : []),
    ].join("\n"),
  );
  setRefusedStatus(report.mend);
}

export const mending = async (disk: Disk, output: Output): Promise<RunMendOptions> => ({
  machine: await mendMachine({}, disk.kind),
  onStep: (step) => output.tell(step),
});

const describeEdits = (plan: EditPlan): string =>
  [
    `Plan ${plan.id}: change the partitions of ${plan.target.name}`,
    `  disk   ${plan.target.path}, ${formatBytes(plan.target.size)}, id ${plan.target.id}`,
    plan.losses.length > 0 ? "This will be lost:" : "Nothing on the disk will be lost.",
    ...plan.losses.map((loss) => `  - ${loss.text}`),
    ...plan.warnings.map((warning) => `  ! ${warning.text}`),
    "What will be done:",
    ...plan.steps.map(({ text }, i) => `  ${i + 1}. ${text}`),
    ...(plan.movedBytes > 0 ? [`Up to ${formatBytes(plan.movedBytes)} are read and written for that.`] : []),
    ...(plan.mend ? ["Then the systems on it are made ready to start from there."] : []),
    `Confirm with: --yes-change ${shellQuote(plan.target.id)}`,
  ]
    .map(printable)
    .join("\n");

export const describeList = (disk: Disk, free: ReturnType<typeof freeSpaces>): string =>
  [
    printable(`${diskName(disk)}, ${formatBytes(disk.size)}, table ${disk.table.type}`),
    ...(disk.partitions.length > 0 ? [partitionTable(disk.partitions)] : []),
    ...free.map(
      ({ start, end, inside }) =>
        `  free: ${formatBytes(end - start)} from byte ${start}${inside === "extended" ? ", for logical partitions" : ""}`,
    ),
  ].join("\n");
