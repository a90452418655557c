import { stat } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import type { Output } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { runOperation } from "#cli/run-operation.ts";
import { VERSION } from "#cli/version.ts";
import { planClone } from "#imaging/clone/plan-clone.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { listDisks } from "#imaging/inventory/list-disks.ts";
import { checkConfirmation, confirmationFor } from "#imaging/plan/confirmation.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import { runRestore } from "#imaging/restore/run-restore.ts";
import { undoPlace } from "#imaging/undo/place.ts";

/** The disk that a user named; undefined for the name of a file, whether it is there or not. */
export async function namedStick(name: string): Promise<Disk | undefined> {
  const found = await stat(name).catch(() => undefined);
  if (found) return found.isBlockDevice() ? await findDisk(name) : undefined;
  return name.includes("/") ? undefined : (await listDisks()).find(({ id }) => id === name);
}

/**
 * Before minutes of building: the stick can be written, and the user has named it.
 * @throws TARGET_IS_BOOT_MEDIUM, TARGET_READ_ONLY, TARGET_IN_USE, CONFIRMATION_MISSING, CONFIRM_MISMATCH
 */
export function checkStick(stick: Disk, confirmation: string | undefined, isDryRun: boolean): void {
  refuseUnwritable({ path: "" }, stick, {});
  if (isDryRun) return;
  if (confirmation === undefined)
    throw new LifeboatError("CONFIRMATION_MISSING", { target: diskName(stick), id: stick.id });
  checkConfirmation({ target: stick, confirmation: confirmationFor(stick, []) }, confirmation);
}

/** Writes an image of a stick as a clone of it: what was on the stick can be undone as far as ever, and it is read back. */
export async function writeStick(
  image: string,
  stick: Disk,
  { undoFolder }: Pick<Environment, "undoFolder">,
  output: Output,
): Promise<RestoreReport> {
  const undo = (await undoPlace({ path: undoFolder, kind: "folder" })) ?? "no-place";
  const layout = { mode: "keep", ids: "keep" } as const;
  const wish = { layout, raw: false, createdAt: new Date().toISOString() };
  const options = { verifyTarget: true, salvage: false };
  const plan: RestorePlan = await planClone(await findDisk(image), stick, wish, { context: { undo }, options });
  return await runOperation(`the stick ${diskName(stick)}`, runRestore(plan, { writerVersion: VERSION }), output);
}
