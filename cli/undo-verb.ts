import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration, formatTime } from "#base/units.ts";
import { type SectorSizeOptions, sectorSizeOf, sectorSizeOption } from "#cli/options.ts";
import { type Output, table } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { JobStore, type Work } from "#imaging/job/job-store.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import { removeError } from "#imaging/system/file-errors.ts";
import { describeUndo } from "#imaging/undo/describe-undo.ts";
import { runUndo, type UndoReport, undoContext } from "#imaging/undo/run-undo.ts";
import { listUndoFiles, readUndoFile, type UndoFile } from "#imaging/undo/undo-files.ts";
import { planUndo, type UndoPlan } from "#imaging/undo/undo-plan.ts";

interface UndoOptions extends SectorSizeOptions {
  to?: string;
  dryRun?: boolean;
  yesErase?: string;
  forget?: boolean;
}

export function addUndoVerb(program: Command, environment: Environment): void {
  verb(
    program,
    "undo",
    "bring back what a restore has overwritten of tables, boot areas and superblocks; without a name, list what was saved",
  )
    .argument("[file]", "undo file")
    .option("--to <disk>", "the disk that it was saved of (default: found by its stable id)")
    .option("--dry-run", "print the plan and change nothing")
    .option("--yes-erase <disk-id>", "confirm by naming the disk as the plan shows it")
    .option("--forget", "remove the undo file; what it holds cannot be brought back any more")
    .addOption(sectorSizeOption())
    .action(async (file: string | undefined, options: UndoOptions, command: Command) => {
      const output = outputOf(command);
      if (options.forget) return await forget(file, output);
      if (file === undefined) return list(await listUndoFiles(environment.undoFolder), output);
      const plan = await makePlan(resolve(file), options);
      if (options.dryRun) return output.result(plan, () => describeUndo(plan));
      const { id, name } = plan.target;
      if (options.yesErase === undefined) throw new LifeboatError("CONFIRMATION_MISSING", { target: name, id });
      checkConfirmation(plan, options.yesErase);
      const report = await runOperation("undo", runUndo(plan), output);
      await forgetRestores(plan, new JobStore(environment.stateFolder));
      output.result(report, () => describe(plan, report));
    });
}

async function makePlan(path: string, options: UndoOptions): Promise<UndoPlan> {
  const file = await readUndoFile(path);
  const { target } = file.undo;
  const saved = target.kind === "file" ? { sectorSize: file.manifest.disk.sectorSize } : {};
  const sectors = options.sectorSize === undefined ? saved : sectorSizeOf(options);
  const found = await findDisk(options.to ?? target.id, sectors);
  return planUndo(file, found, await undoContext(path, found));
}

/** A restore of this disk that was interrupted, also in its last part, was not wanted: `resume` must not offer to go on with it. */
async function forgetRestores({ target }: UndoPlan, store: JobStore): Promise<void> {
  for (const { id, work } of await store.interrupted())
    if (targetOf(work)?.id === target.id) await store.end(id).catch(() => undefined);
}

function targetOf(work: Work): UndoPlan["target"] | undefined {
  if (work.kind === "restore") return work.plan.target;
  return work.kind === "mend" ? work.target : undefined;
}

/** Nothing but an undo file is removed, whatever was named. */
async function forget(file: string | undefined, output: Output): Promise<void> {
  if (file === undefined) throw new LifeboatError("USAGE", { problem: "--forget needs the undo file's name" });
  const { path, fileSize } = await readUndoFile(resolve(file));
  await rm(path).catch((cause: unknown) => {
    throw removeError(path, cause);
  });
  output.result({ forgotten: path, fileSize }, () => printable(`${path} is removed: ${formatBytes(fileSize)}`));
}

function list(files: readonly UndoFile[], output: Output): void {
  const rows = files.map(({ path, fileSize, manifest, undo }) => [
    formatTime(manifest.createdAt),
    `${undo.target.name} (${undo.target.id})`,
    undo.restored.name,
    formatBytes(fileSize),
    path,
  ]);
  const value = files.map(({ path, fileSize, manifest, undo }) => {
    const { areas: _areas, ...known } = undo;
    return { file: path, fileSize, imageId: manifest.imageId, savedAt: manifest.createdAt, ...known };
  });
  const head = ["SAVED", "DISK", "BEFORE THE RESTORE OF", "SIZE", "UNDO FILE"];
  output.result(value, () => (files.length > 0 ? table([head, ...rows]) : "no undo files"));
}

const describe = ({ target }: UndoPlan, report: UndoReport): string =>
  [
    printable(
      `${target.name} has its old partition table, boot areas and superblocks again: ${formatBytes(report.writtenBytes)} in ${formatDuration(report.seconds)}, read back and compared.`,
    ),
    ...(report.unreadBytes > 0
      ? [`${formatBytes(report.unreadBytes)} could not be read when they were saved, and are left as they are.`]
      : []),
    ...report.warnings.map(({ text }) => printable(`! ${text}`)),
  ].join("\n");
