import { createHash } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { PlannedLayout, PlannedPartition } from "#imaging/layout/layout.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import { confirmationFor } from "#imaging/plan/confirmation.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import { mendSystems, operations, placedRegions, saveOld } from "#imaging/plan/operations.ts";
import {
  type CloneSource,
  type IntoPlace,
  type Layout,
  PartitionAfter,
  type RestoreOptions,
  RestorePlan,
  type Warning,
} from "#imaging/plan/plan.ts";
import { refuseTarget } from "#imaging/plan/refuse-target.ts";
import { type UndoWish, undoWarnings } from "#imaging/plan/undo-place.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

export interface PlanContext {
  /** Where what makes the old content findable again is to be kept, or why not; absent: nothing is said of it. */
  readonly undo?: UndoWish | undefined;
  /** The disk that holds the image file, when one does. */
  readonly imageDiskId?: string | undefined;
  /** How the partitions shall lie, made for this image and target; absent: as they did. */
  readonly layout?: PlannedLayout | undefined;
  /** The partition that it goes into: `target` is this one alone. */
  readonly into?: IntoPlace | undefined;
  /** What else the user should know. */
  readonly notes?: readonly Warning[];
  /** What is to be done to the systems on it, and whether they will start then. */
  readonly mend?: MendWish | undefined;
  readonly preflight?: Verdict | undefined;
  /** The disk that is cloned; absent for an image. */
  readonly source?: CloneSource | undefined;
}

/** What a plan needs to know of an image. */
export type PlannedImage = Pick<Restorable, "path" | "fileSize" | "rootHash" | "manifest"> &
  Partial<Pick<Restorable, "bad" | "regions">>;

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
  const { layout } = context;
  const after = layoutAfter(manifest, target.size, layout);
  const losses = findLosses(target);
  // A restore that goes on has its undo file from its first start.
  const undo = losses.length > 0 ? context.undo : undefined;
  const place = typeof undo === "object" ? undo : undefined;
  const plan: Omit<RestorePlan, "id"> = {
    format: "lifeboat-plan/1",
    kind: context.source ? "clone" : "restore",
    image: {
      path: image.path,
      imageId: manifest.imageId,
      rootHash: image.rootHash,
      name: manifest.name,
      createdAt: manifest.createdAt,
      fileSize: image.fileSize,
    },
    ...(context.source && { source: context.source }),
    target: {
      id: target.id,
      path: target.path,
      kind: target.kind,
      name: nameOf(target, context.into),
      bus: target.bus,
      model: target.model,
      serial: target.serial,
      size: target.size,
      sectorSize: target.sectorSize,
    },
    ...(context.into && { into: context.into }),
    options,
    ...(place && { undo: place }),
    before: layoutBefore(target),
    after,
    ...(layout && { layout }),
    ...(context.mend && { mend: context.mend }),
    ...(context.preflight && { preflight: context.preflight }),
    operations: [
      ...saveOld(place, target),
      ...operations(image, target, options, { layout, into: context.into, from: context.source ? "source" : "image" }),
      ...(context.mend ? [mendSystems(context.mend)] : []),
    ],
    losses,
    warnings: [
      ...undoWarnings(undo, diskName(target)),
      ...warnings(image, target, options, layout),
      ...(context.notes ?? []),
    ],
    writeBytes: placedRegions(image, layout).reduce((sum, region) => sum + region.usedBytes, 0),
    confirmation: confirmationFor(target, losses),
    inventoryHash: inventoryHash(image, target),
  };
  return { ...plan, id: planId(plan) };
}

const nameOf = (target: Disk, into: IntoPlace | undefined): string =>
  into ? `partition ${into.number} of ${diskName(target)}` : diskName(target);

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
export const inventoryHash = (image: Pick<Restorable, "rootHash">, target: Pick<Disk, "fingerprint">): string =>
  sha256(`${image.rootHash} ${target.fingerprint}`);

function layoutBefore(target: Disk): Layout {
  const partitions = target.partitions.map(({ usedBy: _usedBy, ...partition }) => partition);
  return { tableType: target.table.type, size: target.size, partitions };
}

/** Without a layout every partition is where it was, and the table is made to fit the target's size. */
function layoutAfter(manifest: Manifest, size: number, layout: PlannedLayout | undefined): Layout {
  const volumeOf = (number: number | undefined) =>
    manifest.regions.find((r) => r.kind === "volume" && r.partition === number);
  const partitions = (layout?.partitions ?? manifest.partitions).map((partition) => {
    const source = layout ? (partition as PlannedPartition).source : partition.number;
    const filesystem = manifest.partitions.find(({ number }) => number === source)?.filesystem;
    const volume = volumeOf(source);
    return PartitionAfter.parse({ ...partition, filesystem, usedBytes: volume?.usedBytes, mode: volume?.mode });
  });
  return { tableType: layout?.tableType ?? manifest.table.type, size, partitions };
}

function warnings(
  { manifest, bad }: PlannedImage,
  target: Disk,
  options: RestoreOptions,
  layout: PlannedLayout | undefined,
): Warning[] {
  const list: Warning[] = manifest.table.problems.map(({ code, text }) => ({
    code,
    ...say("warning.in-image", { problem: hear(text) }),
  }));
  for (const { number, filesystem } of manifest.partitions)
    for (const text of filesystem?.warnings ?? [])
      list.push({ code: "FILESYSTEM_WARNING", ...say("warning.filesystem", { number, problem: hear(text) }) });
  for (const { number, size, role, filesystem } of manifest.partitions) {
    const isThere = manifest.regions.some((region) => region.kind === "disk" || region.partition === number);
    const isWanted = !layout || layout.partitions.some(({ source }) => source === number);
    if (isThere || role === "extended" || !isWanted) continue;
    const what = { number, filesystem: filesystem?.type ?? "", size };
    list.push({ code: "PARTITION_LEFT_OUT", ...say("warning.left-out", what) });
  }
  if (bad && bad.length > 0)
    list.push({ code: "IMAGE_LACKS_SECTORS", ...say("warning.lacks", { bytes: bad.bytes, places: bad.length }) });
  list.push(...(layout?.notes ?? []));
  if (!layout && target.size > manifest.disk.size) {
    const free = target.size - manifest.disk.size;
    list.push({ code: "SPACE_UNUSED", ...say("warning.free-end", { free, disk: diskName(target) }) });
  }
  if (target.unfinishedRestore) list.push({ code: "UNFINISHED_RESTORE", ...say("warning.unfinished") });
  if (target.id.startsWith("dev-"))
    list.push({ code: "ID_NOT_STABLE", ...say("warning.no-serial", { path: target.path }) });
  if (options.salvage) list.push({ code: "SALVAGE", ...say("warning.salvage") });
  return list;
}
