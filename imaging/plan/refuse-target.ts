import { LifeboatError } from "#base/errors.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { PlanContext, PlannedImage } from "#imaging/plan/plan-restore.ts";

/**
 * @throws TARGET_IS_BOOT_MEDIUM, TARGET_IS_SOURCE, TARGET_HOLDS_IMAGE, TARGET_READ_ONLY, TARGET_IN_USE,
 * IMAGE_IS_UNDO_FILE, SECTOR_SIZE_DIFFERS, TARGET_TOO_SMALL
 */
export function refuseTarget(image: PlannedImage, target: Disk, context: PlanContext): void {
  const name = `${diskName(target)} (${target.path})`;
  const { manifest } = image;
  if (manifest.undo) throw new LifeboatError("IMAGE_IS_UNDO_FILE", { file: image.path });
  refuseUnwritable(image, target, context);
  // A layout was made for the target, with its size and its sectors.
  const { layout } = context;
  const [have, wanted] = [target.size, layout?.size ?? neededSize(manifest, target)];
  const sectorSize = layout?.sectorSize ?? manifest.disk.sectorSize;
  if (target.sectorSize !== sectorSize)
    throw new LifeboatError("SECTOR_SIZE_DIFFERS", { target: name, image: sectorSize, have: target.sectorSize });
  if (have < wanted) throw new LifeboatError("TARGET_TOO_SMALL", { target: name, need: wanted, have });
}

/** What may not be written to at all, whatever it is that is written. */
export function refuseUnwritable(image: Pick<PlannedImage, "path">, target: Disk, context: PlanContext): void {
  const name = `${diskName(target)} (${target.path})`;
  if (target.isBootMedium) throw new LifeboatError("TARGET_IS_BOOT_MEDIUM", { target: name });
  const { source, into } = context;
  if (source && !into && (source.id === target.id || source.path === target.path))
    throw new LifeboatError("TARGET_IS_SOURCE", { target: name });
  if (context.imageDiskId === target.id || (target.path === image.path && !source))
    throw new LifeboatError("TARGET_HOLDS_IMAGE", { target: name, image: image.path });
  if (target.readOnly) throw new LifeboatError("TARGET_READ_ONLY", { target: name });
  if (target.unreadable) throw new LifeboatError("OPEN_FAILED", { path: name, reason: target.unreadable.text });
  const [use] = target.inUse;
  if (use) throw new LifeboatError("TARGET_IN_USE", { target: name, by: use });
}

/** GPT: 128 entries of 128 bytes (UEFI, 5.3.1). */
const GPT_ENTRIES_BYTES = 128 * 128;

/** A partition may reach beyond the end of the disk that was captured; its table then fits no disk of that size. */
export function neededSize({ disk, table, partitions, regions }: Manifest, target: Pick<Disk, "size">): number {
  // Then the table is not made anew: it comes as it was with the chunks.
  const isCopied = target.size === disk.size && regions.some(({ kind }) => kind === "disk");
  if (table.type === "none" || isCopied) return disk.size;
  const end = partitions.reduce((last, { start, size }) => Math.max(last, start + size), 0);
  // The first region holds what the backup at the end holds too, and sector 0.
  const primary = regions.find(({ kind }) => kind === "table")?.size ?? GPT_ENTRIES_BYTES + 2 * disk.sectorSize;
  return Math.max(disk.size, table.type === "gpt" ? end + primary - disk.sectorSize : end);
}
