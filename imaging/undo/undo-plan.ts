import { createHash } from "node:crypto";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { sentenceFields } from "#base/sentence.ts";
import { formatBytes } from "#base/units.ts";
import { UndoInfo } from "#imaging/image/manifest.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { confirmationFor } from "#imaging/plan/confirmation.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import { Confirmation, Loss } from "#imaging/plan/plan.ts";
import { inventoryHash } from "#imaging/plan/plan-restore.ts";
import { PlanTarget } from "#imaging/plan/plan-target.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import type { UndoFile } from "#imaging/undo/undo-files.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

const Bytes = z.int().nonnegative();

/** What an undo will write back, and what it cannot bring back. */
export const UndoPlan = z.object({
  format: z.literal("lifeboat-undo/1"),
  kind: z.literal("undo"),
  /** Hash of all that follows. */
  id: z.string(),
  file: z.object({ path: z.string(), imageId: z.uuid(), rootHash: z.string(), savedAt: z.string(), fileSize: Bytes }),
  restored: UndoInfo.shape.restored,
  target: PlanTarget,
  areas: UndoInfo.shape.areas,
  writeBytes: Bytes,
  lostBytes: UndoInfo.shape.lostBytes,
  /** What is on the disk now, and will be gone. */
  losses: z.array(Loss),
  warnings: z.array(z.object({ code: z.string(), ...sentenceFields })),
  confirmation: Confirmation,
  inventoryHash: z.string(),
});
export type UndoPlan = z.infer<typeof UndoPlan>;

export interface UndoContext {
  /** The disk that holds the undo file, when one does. */
  readonly fileDiskId?: string | undefined;
  /** The undo file that the restore marker on the disk names, when there is one. */
  readonly markerUndoId?: string | undefined;
}

/**
 * Undo file + disk -> plan. Pure and deterministic, as planRestore is.
 * @throws UNDO_OTHER_DISK, TARGET_IS_BOOT_MEDIUM, TARGET_HOLDS_IMAGE, TARGET_READ_ONLY, TARGET_IN_USE, OPEN_FAILED
 */
export function planUndo(file: UndoFile, target: Disk, context: UndoContext): UndoPlan {
  refuseUnwritable(file, target, { imageDiskId: context.fileDiskId });
  refuseOther(file, target, context);
  const { manifest, undo, path, rootHash, fileSize } = file;
  const losses = findLosses(target);
  const plan: Omit<UndoPlan, "id"> = {
    format: "lifeboat-undo/1",
    kind: "undo",
    file: { path, imageId: manifest.imageId, rootHash, savedAt: manifest.createdAt, fileSize },
    restored: undo.restored,
    target: {
      id: target.id,
      path: target.path,
      kind: target.kind,
      name: diskName(target),
      size: target.size,
      sectorSize: target.sectorSize,
    },
    areas: undo.areas,
    writeBytes: manifest.regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0),
    lostBytes: undo.lostBytes,
    losses,
    warnings: warnings(file),
    confirmation: confirmationFor(target, losses),
    inventoryHash: inventoryHash(file, target),
  };
  return { ...plan, id: `undo-${createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 16)}` };
}

/** A disk has another name after a restart where it tells no serial number; the marker of its restore proves it too. */
function refuseOther({ path, manifest, undo }: UndoFile, target: Disk, { markerUndoId }: UndoContext): void {
  const { size, sectorSize } = manifest.disk;
  const isSame = target.id === undo.target.id || markerUndoId === manifest.imageId;
  if (isSame && target.size === size && target.sectorSize === sectorSize) return;
  const described = (id: string, bytes: number, sectors: number) =>
    `${id} (${formatBytes(bytes)}, ${bytes} bytes in sectors of ${sectors})`;
  throw new LifeboatError("UNDO_OTHER_DISK", {
    file: path,
    saved: described(undo.target.id, size, sectorSize),
    found: described(target.id, target.size, target.sectorSize),
  });
}

function warnings({ undo }: UndoFile): UndoPlan["warnings"] {
  const { lostBytes: size, leftOut, restored } = undo;
  const image = restored.name;
  const lost =
    size === undefined
      ? say("saved.lost-unknown", { image })
      : size > 0
        ? say("saved.lost", { image, size })
        : say("saved.complete", { image });
  return [
    { code: size === 0 ? "UNDO_COMPLETE" : "UNDO_FILES_LOST", ...lost },
    { code: "UNDO_LATER_CHANGES", ...say("saved.later") },
    ...leftOut.map((area) => ({ code: "UNDO_LEFT_OUT", ...say("saved.left-out", { area: hear(area) }) })),
  ];
}
