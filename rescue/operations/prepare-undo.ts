import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { describeUndo } from "#imaging/undo/describe-undo.ts";
import { runUndo, type UndoReport, undoContext } from "#imaging/undo/run-undo.ts";
import { readUndoFile } from "#imaging/undo/undo-files.ts";
import { planUndo } from "#imaging/undo/undo-plan.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import type { PrepareDeps, Prepared } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "undo" }>;

/**
 * As `lifeboat undo` does it, for a restore that this server has run: the file is the one of its report, and no other can be named.
 * @throws NOT_FOUND; what readUndoFile and planUndo throw
 */
export async function prepareUndo({ jobId }: Wish, deps: PrepareDeps): Promise<Prepared> {
  const restored = deps.restored(jobId);
  if (restored.undoFile === undefined)
    throw new LifeboatError("NOT_FOUND", { what: `an undo file of the job ${jobId}` });
  const disk = await freeDisk(deps, restored.diskId);
  const file = await readUndoFile(restored.undoFile);
  const plan = planUndo(file, disk, await undoContext(restored.undoFile, disk));
  const { target, confirmation } = plan;
  return {
    ...{ kind: "undo", title: `undoing the restore to ${target.name}`, subject: target.name, busy: target.name },
    ...{ writes: [target.id], reads: [] },
    lines: describeUndo(plan)
      .split("\n")
      .filter((line) => !line.startsWith("Confirm with:")),
    confirmation: { ...confirmation, id: target.id },
    run: async function* (signal) {
      return reportLines(target.name, yield* runUndo(plan)(signal));
    },
  };
}

const reportLines = (name: string, { writtenBytes, seconds, unreadBytes, warnings }: UndoReport): string[] => [
  printable(
    `${name} has its old partition table, boot areas and superblocks again: ${formatBytes(writtenBytes)} in ${formatDuration(seconds)}, read back and compared.`,
  ),
  ...(unreadBytes > 0
    ? [`${formatBytes(unreadBytes)} could not be read when they were saved, and are left as they are.`]
    : []),
  ...warnings.map(({ text }) => printable(`! ${text}`)),
];
