import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, diskName, fileOptions } from "#imaging/inventory/disk.ts";
import { mendReportLines } from "#imaging/mend/describe-mend.ts";
import { editAndMend } from "#imaging/mend/edit-and-mend.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import type { EditPlan, EditReport } from "#imaging/partition/edit-plan.ts";
import { knownLimits } from "#imaging/partition/known-limits.ts";
import { findMove, refuseUnfinished } from "#imaging/partition/move/find-move.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { planEdits } from "#imaging/partition/plan-edits.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { say } from "#imaging/words/say.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import type { PrepareDeps, Prepared } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "partition" }>;

/** As `lifeboat partition apply` does it. @throws NOT_FOUND, MOVE_UNFINISHED; what planEdits throws */
export async function preparePartition({ diskId, edits }: Wish, deps: PrepareDeps): Promise<Prepared> {
  const disk = await freeDisk(deps, diskId);
  const plan = await planOn(disk, edits);
  const machine = plan.mend && disk.kind === "block" ? await readMachine() : undefined;
  const name = diskName(disk);
  return {
    ...{ kind: "partition", title: `change of partitions of ${name}`, subject: name, busy: name },
    ...{ writes: [diskId], reads: [] },
    ...{ lines: planLines(plan), edit: plan, confirmation: { ...plan.confirmation, id: diskId } },
    run: async function* (signal) {
      return reportLines(yield* editAndMend(plan, { ...(machine && { machine }) })(signal));
    },
  };
}

/** The disk is read anew. @throws MOVE_UNFINISHED; what planEdits throws */
export async function planOn(disk: Disk, edits: readonly Edit[]): Promise<EditPlan> {
  await using device = await openDevice(disk.path, fileOptions(disk));
  refuseUnfinished(await findMove(device), disk.path);
  const usedBy = (number: number) => disk.partitions.find((one) => one.number === number)?.usedBy ?? [];
  return planEdits(disk, await pictureDisk(device, await knownLimits(device, edits, usedBy)), edits, {
    bootRepair: true,
  });
}

/** A disk of everyday's: what a hard disk reads and writes in a second, each byte once. */
const USUAL_RATE = 50 << 20;

const planLines = ({ steps, movedBytes, mend, losses, warnings }: EditPlan): Sentence[] =>
  [
    losses.length > 0 ? "This will be lost:" : "Nothing on the disk will be lost.",
    ...losses.map(({ text }) => `- ${text}`),
    ...warnings.map(({ text }) => `! ${text}`),
    "What will be done:",
    ...steps.map(({ text }, i) => `${i + 1}. ${text}`),
    ...(mend ? ["Then the systems on it are made ready to start from there."] : []),
    ...(movedBytes > 0 ? [timeText(movedBytes)] : []),
  ].map((text) => ({ text: printable(text) }));

const timeText = (bytes: number): string =>
  `Up to ${formatBytes(bytes)} are read and written: about ${formatDuration(bytes / USUAL_RATE)} on a hard disk, less on an SSD.`;

export const reportLines = ({ steps, seconds, mend }: EditReport): Sentence[] => [
  ...steps,
  say("line.seconds", { seconds }),
  ...(mend ? mendReportLines(mend) : []),
];
