import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { undoLines } from "#imaging/undo/describe-undo.ts";
import { runUndo, type UndoReport, undoContext } from "#imaging/undo/run-undo.ts";
import { readUndoFile } from "#imaging/undo/undo-files.ts";
import { planUndo } from "#imaging/undo/undo-plan.ts";
import { say } from "#imaging/words/say.ts";
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
    lines: undoLines(plan),
    confirmation: { ...confirmation, id: target.id },
    run: async function* (signal) {
      return reportLines(target.name, yield* runUndo(plan)(signal));
    },
  };
}

const reportLines = (name: string, { writtenBytes, seconds, unreadBytes, warnings }: UndoReport): Sentence[] => [
  say("undo.done", { disk: name, bytes: writtenBytes, seconds }),
  ...(unreadBytes > 0 ? [say("undo.unread", { bytes: unreadBytes })] : []),
  ...warnings.map((text) => say("line.warning", { text })),
];
