import { LifeboatError } from "#base/errors.ts";
import type { Operation } from "#base/job.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { holdingDisk } from "#imaging/inventory/holding-disk.ts";
import { readMarker } from "#imaging/restore/marker.ts";
import { rereadTable } from "#imaging/restore/target-device.ts";
import { holdFile } from "#imaging/system/hold-file.ts";
import { readUndoFile } from "#imaging/undo/undo-files.ts";
import { planUndo, type UndoContext, type UndoPlan } from "#imaging/undo/undo-plan.ts";
import { WriteBack } from "#imaging/undo/write-back.ts";
import { verifyChunks } from "#imaging/verify/verify-image.ts";

export type UndoPhase = "verify" | "undo" | "table";

export interface UndoReport {
  readonly kind: "undo";
  readonly planId: string;
  readonly file: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly writtenBytes: number;
  readonly areas: UndoPlan["areas"];
  /** What could not be read when it was saved, and was not written back. */
  readonly unreadBytes: number;
  readonly lostBytes?: number | undefined;
  readonly warnings: UndoPlan["warnings"];
}

/** What a plan for this disk needs to know besides. */
export async function undoContext(path: string, target: Disk): Promise<UndoContext> {
  const holder = await holdingDisk(path, [target]);
  if (target.unreadable) return { fileDiskId: holder?.id };
  await using device = await openDevice(target.path, fileOptions(target));
  return { fileDiskId: holder?.id, markerUndoId: (await readMarker(device))?.undoId };
}

/**
 * Writes an undo file back as a plan says. It can be repeated: what it writes does not depend on what is there, and the
 * marker that it begins with names the undo file.
 * @throws PLAN_STALE, the refusals of planUndo, what openImage throws, IMAGE_VERIFY_FAILED, TARGET_VERIFY_FAILED,
 * READ_FAILED, WRITE_FAILED, JOB_BUSY
 */
export const runUndo = (plan: UndoPlan): Operation<Progress<UndoPhase>, UndoReport> =>
  async function* (signal) {
    const started = Date.now();
    const image = await openImage(plan.file.path);
    const { path, kind } = await checkPlan(plan);
    const meter = new ProgressMeter<UndoPhase>([
      { phase: "verify", bytes: image.rawBytes },
      // Written, and read back.
      { phase: "undo", bytes: 2 * image.rawBytes, beginsPass: true },
      { phase: "table", bytes: 0 },
    ]);
    try {
      await using _hold = kind === "file" ? await holdFile(path) : undefined;
      await using target = await openDevice(path, {
        write: true,
        exclusive: kind === "block",
        ...fileOptions(plan.target),
      });
      if ((await checkPlan(plan)).path !== path)
        throw new LifeboatError("PLAN_STALE", { planned: path, current: "another device name" });
      // All of it before the first write: half of a table is worse than none.
      yield meter.enter("verify");
      for await (const bytes of verifyChunks(image, { onDamage: () => {} }, signal)) yield meter.at(bytes);
      const back = new WriteBack({ image, target, planId: plan.id, signal });
      yield meter.enter("undo");
      for await (const bytes of back.content()) yield meter.at(bytes);
      yield meter.enter("table");
      await back.start();
    } finally {
      if (kind === "block") await rereadTable(path);
    }
    return report(plan, image, started);
  };

function report(plan: UndoPlan, image: Image, started: number): UndoReport {
  return {
    kind: "undo",
    planId: plan.id,
    file: plan.file.path,
    startedAt: new Date(started).toISOString(),
    seconds: (Date.now() - started) / 1000,
    writtenBytes: image.rawBytes - image.bad.bytes,
    areas: plan.areas,
    unreadBytes: image.bad.bytes,
    lostBytes: plan.lostBytes,
    warnings: plan.warnings,
  };
}

/** The plan must still describe this machine. After an interruption the same command makes a new one. */
async function checkPlan(plan: UndoPlan): Promise<Disk> {
  const target = await findDisk(
    plan.target.kind === "file" ? plan.target.path : plan.target.id,
    fileOptions(plan.target),
  );
  const context = await undoContext(plan.file.path, target);
  const now = planUndo(await readUndoFile(plan.file.path), target, context);
  if (now.inventoryHash === plan.inventoryHash) return target;
  throw new LifeboatError("PLAN_STALE", {
    planned: plan.inventoryHash.slice(0, 12),
    current: now.inventoryHash.slice(0, 12),
  });
}
