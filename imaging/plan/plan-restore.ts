import { createHash } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { formatBytes } from "#base/units.ts";
import { tableExtentsToErase } from "#imaging/disk/partition-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { confirmationFor } from "#imaging/plan/confirmation.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import type { Layout, PlanOperation, RestoreOptions, RestorePlan } from "#imaging/plan/plan.ts";

export interface PlanContext {
  /** The disk that holds the image file, when one does. */
  readonly imageDiskId?: string | undefined;
}

/** What a plan needs to know of an image. */
export type PlannedImage = Pick<Image, "path" | "fileSize" | "rootHash" | "manifest">;

/**
 * Image + target + options -> plan. Pure and deterministic: the same input gives the same plan, id included.
 * @throws TARGET_IS_BOOT_MEDIUM, TARGET_HOLDS_IMAGE, TARGET_READ_ONLY, TARGET_IN_USE, SECTOR_SIZE_DIFFERS,
 * TARGET_TOO_SMALL
 */
export function planRestore(
  image: PlannedImage,
  target: Disk,
  context: PlanContext,
  options: RestoreOptions,
): RestorePlan {
  refuseTarget(image, target, context);
  const { manifest } = image;
  const after = layoutAfter(manifest, target.size);
  const losses = findLosses(target);
  const plan: Omit<RestorePlan, "id"> = {
    format: "lifeboat-plan/1",
    kind: "restore",
    image: {
      path: image.path,
      imageId: manifest.imageId,
      rootHash: image.rootHash,
      name: manifest.name,
      createdAt: manifest.createdAt,
      fileSize: image.fileSize,
    },
    target: {
      id: target.id,
      path: target.path,
      kind: target.kind,
      name: diskName(target),
      bus: target.bus,
      model: target.model,
      serial: target.serial,
      size: target.size,
      sectorSize: target.sectorSize,
    },
    options,
    before: layoutBefore(target),
    after,
    operations: operations(manifest, target, options),
    losses,
    warnings: warnings(manifest, target, options),
    writeBytes: manifest.regions.reduce((sum, region) => sum + region.usedBytes, 0),
    confirmation: confirmationFor(target, losses),
    inventoryHash: inventoryHash(image, target),
  };
  return { ...plan, id: `plan-${sha256(JSON.stringify(plan)).slice(0, 16)}` };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Changes when the target or the image is no longer what the plan was made for. */
export const inventoryHash = (image: Pick<Image, "rootHash">, target: Pick<Disk, "fingerprint">): string =>
  sha256(`${image.rootHash} ${target.fingerprint}`);

export function refuseTarget(image: PlannedImage, target: Disk, context: PlanContext): void {
  const name = `${diskName(target)} (${target.path})`;
  const { manifest } = image;
  if (target.isBootMedium) throw new LifeboatError("TARGET_IS_BOOT_MEDIUM", { target: name });
  if (context.imageDiskId === target.id || target.path === image.path)
    throw new LifeboatError("TARGET_HOLDS_IMAGE", { target: name, image: image.path });
  if (target.readOnly) throw new LifeboatError("TARGET_READ_ONLY", { target: name });
  const [use] = target.inUse;
  if (use) throw new LifeboatError("TARGET_IN_USE", { target: name, by: use });
  if (target.sectorSize !== manifest.disk.sectorSize)
    throw new LifeboatError("SECTOR_SIZE_DIFFERS", {
      target: name,
      image: manifest.disk.sectorSize,
      have: target.sectorSize,
    });
  if (target.size < manifest.disk.size)
    throw new LifeboatError("TARGET_TOO_SMALL", { target: name, need: manifest.disk.size, have: target.size });
}

function layoutBefore(target: Disk): Layout {
  const partitions = target.partitions.map(({ usedBy: _usedBy, ...partition }) => partition);
  return { tableType: target.table.type, size: target.size, partitions };
}

/** Step 1 restores 1:1: every partition where it was, the table made to fit the target's size. */
function layoutAfter(manifest: Manifest, size: number): Layout {
  const partitions = manifest.partitions.map((partition) => {
    const volume = manifest.regions.find((r) => r.kind === "volume" && r.partition === partition.number);
    return { ...partition, usedBytes: volume?.usedBytes, mode: volume?.mode };
  });
  return { tableType: manifest.table.type, size, partitions };
}

function operations(manifest: Manifest, target: Disk, options: RestoreOptions): PlanOperation[] {
  const eraseBytes = tableExtentsToErase(target.size, target.sectorSize).reduce((sum, e) => sum + e.end - e.start, 0);
  const regions = manifest.regions.map((region, index) => ({ region, index }));
  const tables = regions.filter(({ region }) => region.kind === "table");
  const total = manifest.regions.reduce((sum, region) => sum + region.usedBytes, 0);
  const list: PlanOperation[] = [
    { op: "clear-table", text: `Remove the old partition table of ${diskName(target)}`, bytes: eraseBytes },
  ];
  for (const { region, index } of regions.filter(({ region }) => region.kind !== "table")) {
    const { label, start, size, usedBytes } = region;
    const text = `Write ${label}: ${formatBytes(usedBytes)} of ${formatBytes(size)}`;
    list.push({ op: "write-region", text, region: index, start, size, bytes: usedBytes });
  }
  const bootAreas = regions
    .filter(({ region }) => region.kind === "gap")
    .reduce((sum, r) => sum + r.region.usedBytes, 0);
  list.push({ op: "write-boot-areas", text: "Write boot loader areas and boot sectors", bytes: bootAreas });
  list.push({
    op: "write-table",
    text: "Write the partition table, last of all",
    bytes: tables.reduce((sum, { region }) => sum + region.usedBytes, 0),
  });
  if (options.verifyTarget)
    list.push({ op: "verify-target", text: "Read everything back and compare it with the image", bytes: total });
  return list;
}

function warnings(manifest: Manifest, target: Disk, options: RestoreOptions): { code: string; text: string }[] {
  const list = manifest.table.problems.map(({ code, text }) => ({ code, text: `In the image: ${text}` }));
  for (const { number, filesystem } of manifest.partitions)
    for (const text of filesystem?.warnings ?? [])
      list.push({ code: "FILESYSTEM_WARNING", text: `Partition ${number} in the image: ${text}` });
  if (target.size > manifest.disk.size) {
    const free = formatBytes(target.size - manifest.disk.size);
    list.push({ code: "SPACE_UNUSED", text: `${free} at the end of ${diskName(target)} stay unallocated` });
  }
  if (target.unfinishedRestore)
    list.push({ code: "UNFINISHED_RESTORE", text: "An earlier restore onto this disk was not finished" });
  if (options.salvage)
    list.push({ code: "SALVAGE", text: "Damaged parts of the image will read as zeros on the target" });
  return list;
}
