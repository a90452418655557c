import { createHash } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { formatBytes } from "#base/units.ts";
import { tableExtentsToErase } from "#imaging/disk/partition-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { Manifest, Region } from "#imaging/image/manifest.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { confirmationFor } from "#imaging/plan/confirmation.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import { type Layout, type PlanOperation, type RestoreOptions, RestorePlan } from "#imaging/plan/plan.ts";

export interface PlanContext {
  /** The disk that holds the image file, when one does. */
  readonly imageDiskId?: string | undefined;
}

/** What a plan needs to know of an image. */
export type PlannedImage = Pick<Image, "path" | "fileSize" | "rootHash" | "manifest"> & Partial<Pick<Image, "bad">>;

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
    warnings: warnings(image, target, options),
    writeBytes: manifest.regions.reduce((sum, region) => sum + region.usedBytes, 0),
    confirmation: confirmationFor(target, losses),
    inventoryHash: inventoryHash(image, target),
  };
  return { ...plan, id: planId(plan) };
}

const PlanContent = RestorePlan.omit({ id: true });

/** Hash of all of a plan but its id: of the fields of the schema, in whatever order they come. */
export const planId = (plan: Omit<RestorePlan, "id">): string =>
  `plan-${sha256(JSON.stringify(PlanContent.parse(plan))).slice(0, 16)}`;

/**
 * A plan that comes from a file must be one that was shown: the fields that a run does not compute anew (operations,
 * losses, confirmation) could otherwise be changed without notice.
 * @throws REQUEST_INVALID
 */
export function checkPlanId(plan: RestorePlan): void {
  const problem = "it is not the id of this plan: the plan was changed after it was made";
  if (planId(plan) !== plan.id) throw new LifeboatError("REQUEST_INVALID", { path: "id", problem });
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
  if (target.unreadable) throw new LifeboatError("OPEN_FAILED", { path: name, reason: target.unreadable.text });
  const [use] = target.inUse;
  if (use) throw new LifeboatError("TARGET_IN_USE", { target: name, by: use });
  if (target.sectorSize !== manifest.disk.sectorSize)
    throw new LifeboatError("SECTOR_SIZE_DIFFERS", {
      target: name,
      image: manifest.disk.sectorSize,
      have: target.sectorSize,
    });
  const need = neededSize(manifest, target);
  if (target.size < need) throw new LifeboatError("TARGET_TOO_SMALL", { target: name, need, have: target.size });
}

/** GPT: 128 entries of 128 bytes (UEFI, 5.3.1). */
const GPT_ENTRIES_BYTES = 128 * 128;

/** A partition may reach beyond the end of the disk that was captured; its table then fits no disk of that size. */
function neededSize({ disk, table, partitions, regions }: Manifest, target: Disk): number {
  // Then the table is not made anew: it comes as it was with the chunks.
  const isCopied = target.size === disk.size && regions.some(({ kind }) => kind === "disk");
  if (table.type === "none" || isCopied) return disk.size;
  const end = partitions.reduce((last, { start, size }) => Math.max(last, start + size), 0);
  // The first region holds what the backup at the end holds too, and sector 0.
  const primary = regions.find(({ kind }) => kind === "table")?.size ?? GPT_ENTRIES_BYTES + 2 * disk.sectorSize;
  return Math.max(disk.size, table.type === "gpt" ? end + primary - disk.sectorSize : end);
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

/** In the order of the restore: what makes the disk start comes after all else, and is not written in vain. */
function operations(manifest: Manifest, target: Disk, options: RestoreOptions): PlanOperation[] {
  const { regions } = manifest;
  const used = (kinds: readonly string[]) =>
    regions.reduce((sum, region) => sum + (kinds.includes(region.kind) ? region.usedBytes : 0), 0);
  const hasTable = manifest.table.type !== "none";
  const hasGaps = regions.some(({ kind }) => kind === "gap");
  const cleared = tableExtentsToErase(target.size, target.sectorSize).reduce((sum, e) => sum + e.end - e.start, 0);
  const verify: PlanOperation = {
    op: "verify-target",
    text: "Read everything back and compare it with the image",
    bytes: regions.reduce((sum, region) => sum + region.usedBytes, 0),
  };
  return [
    { op: "clear-table", text: `Remove the old partition table of ${diskName(target)}`, bytes: cleared },
    ...regions.flatMap(writeRegion),
    {
      op: "write-boot-areas",
      text: hasGaps ? "Write boot loader areas and boot sectors" : "Write boot sectors",
      bytes: used(["gap"]),
    },
    ...(options.verifyTarget ? [verify] : []),
    {
      op: "write-table",
      text: `Write the ${hasTable ? "partition table" : "start of the disk"}, last of all`,
      bytes: used(["table"]),
    },
  ];
}

function writeRegion({ kind, label, start, size, usedBytes }: Region, region: number): PlanOperation[] {
  if (kind === "table" || kind === "gap") return [];
  const text = `Write ${label}: ${formatBytes(usedBytes)} of ${formatBytes(size)}`;
  return [{ op: "write-region", text, region, start, size, bytes: usedBytes }];
}

function warnings(
  { manifest, bad }: PlannedImage,
  target: Disk,
  options: RestoreOptions,
): { code: string; text: string }[] {
  const list = manifest.table.problems.map(({ code, text }) => ({ code, text: `In the image: ${text}` }));
  for (const { number, filesystem } of manifest.partitions)
    for (const text of filesystem?.warnings ?? [])
      list.push({ code: "FILESYSTEM_WARNING", text: `Partition ${number} in the image: ${text}` });
  for (const { number, size, role, filesystem } of manifest.partitions) {
    const isThere = manifest.regions.some((region) => region.kind === "disk" || region.partition === number);
    if (isThere || role === "extended") continue;
    const what = [filesystem?.type, formatBytes(size)].filter(Boolean).join(", ");
    const text = `Partition ${number} (${what}) was left out of the image: it will be there, and empty`;
    list.push({ code: "PARTITION_LEFT_OUT", text });
  }
  if (bad && bad.length > 0) {
    const places = bad.length === 1 ? "1 place" : `${bad.length} places`;
    const text = `The image lacks ${formatBytes(bad.bytes)} in ${places} that could not be read when it was made; they read as zeros on the target`;
    list.push({ code: "IMAGE_LACKS_SECTORS", text });
  }
  if (target.size > manifest.disk.size) {
    const free = formatBytes(target.size - manifest.disk.size);
    list.push({ code: "SPACE_UNUSED", text: `${free} at the end of ${diskName(target)} stay unallocated` });
  }
  if (target.unfinishedRestore)
    list.push({ code: "UNFINISHED_RESTORE", text: "An earlier restore onto this disk was not finished" });
  if (target.id.startsWith("dev-")) {
    const text = `${target.path} tells no serial number: after a restart, or when disks are plugged in, its name can be another disk's. Make sure that it is the right one, and restore at once`;
    list.push({ code: "ID_NOT_STABLE", text });
  }
  if (options.salvage)
    list.push({ code: "SALVAGE", text: "Damaged parts of the image will read as zeros on the target" });
  return list;
}
