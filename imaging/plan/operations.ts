import type { Sentence } from "#base/sentence.ts";
import { tableExtentsToErase } from "#imaging/disk/partition-table.ts";
import type { Manifest, Region } from "#imaging/image/manifest.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { NewGroup, NewIdentity, NewVolumeId } from "#imaging/layout/identity.ts";
import type { PlannedLayout, PlannedPartition } from "#imaging/layout/layout.ts";
import { regionPlaces } from "#imaging/layout/region-places.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import type { IntoPlace, PlanOperation, RestoreOptions } from "#imaging/plan/plan.ts";
import type { PlannedImage } from "#imaging/plan/plan-restore.ts";
import { type UndoPlace, undoSentence } from "#imaging/plan/undo-place.ts";
import { say } from "#imaging/words/say.ts";
import { sayType } from "#imaging/words/say-type.ts";

/** A region as it will lie on the target, with what is written of it. */
interface PlacedRegion extends Region {
  /** Its place in the image's list. */
  readonly region: number;
}

export const saveOld = (place: UndoPlace | undefined, target: Disk): PlanOperation[] =>
  place ? [{ op: "save-old", ...undoSentence(place, diskName(target)), bytes: place.mostBytes }] : [];

/** What is done to the systems on it, in words. */
export function mendSystems({ universal, firmware, identity, hostname, moved }: MendWish): PlanOperation {
  const parts = [
    say("plan.mend-start"),
    ...(firmware ? [say(`plan.mend-${firmware}`)] : []),
    ...(moved ? [say("plan.mend-moved")] : []),
    ...(universal ? [say("plan.mend-universal")] : []),
    ...(identity === "new" ? [say("plan.mend-identity", { hostname: hostname ?? "" })] : []),
  ];
  return { op: "mend-systems", ...say("plan.mend", { parts }), bytes: 0 };
}

/** What is written of each region, and where. */
export function placedRegions(image: PlannedImage, layout: PlannedLayout | undefined): PlacedRegion[] {
  const { regions } = image.manifest;
  if (!layout) return regions.map((one, region) => ({ ...one, region }));
  return regionPlaces(image.manifest, layout).flatMap((place, region) => {
    const one = regions[region] as Region;
    if (!place) return [];
    const extents = image.regions?.[region]?.extents.clipped(place.bytes);
    const usedBytes = extents?.bytes ?? Math.min(one.usedBytes, place.bytes);
    return [{ ...one, region, start: place.start, size: place.bytes, usedBytes }];
  });
}

interface Placing {
  readonly layout: PlannedLayout | undefined;
  readonly into: IntoPlace | undefined;
  /** What it is that is copied. */
  readonly from: "image" | "source";
}

/** In the order of the restore: what makes the disk start comes after all else, and is not written in vain. */
export function operations(
  image: PlannedImage,
  target: Disk,
  options: RestoreOptions,
  { layout, into, from }: Placing,
): PlanOperation[] {
  const regions = placedRegions(image, layout);
  const used = (kinds: readonly string[]) =>
    regions.reduce((sum, region) => sum + (kinds.includes(region.kind) ? region.usedBytes : 0), 0);
  const hasTable = image.manifest.table.type !== "none";
  const hasGaps = regions.some(({ kind }) => kind === "gap");
  const cleared = tableExtentsToErase(target.size, target.sectorSize).reduce((sum, e) => sum + e.end - e.start, 0);
  const verify: PlanOperation = {
    op: "verify-target",
    ...say(options.delta ? "plan.verify-written" : "plan.verify-all", { isClone: from === "source" }),
    bytes: regions.reduce((sum, region) => sum + region.usedBytes, 0),
  };
  return [
    ...(into?.isMade ? [makePartition(into, target)] : []),
    {
      op: "clear-table",
      ...(into
        ? say("plan.clear-partition", { number: into.number })
        : say("plan.clear-table", { disk: diskName(target) })),
      bytes: cleared,
    },
    ...(options.everySector ? [clearRest(target, regions)] : []),
    ...regions.flatMap((region) => writeRegion(region, image.manifest, options)),
    {
      op: "write-boot-areas",
      ...say(hasGaps ? "plan.write-boot-areas" : "plan.write-boot-sectors"),
      bytes: used(["gap"]),
    },
    ...(options.verifyTarget ? [verify] : []),
    ...(layout?.partitions ?? []).flatMap(addPartition),
    ...(layout?.partitions ?? []).flatMap((partition) => fitVolume(partition, image)),
    ...(layout?.identity?.volumes ?? []).map(nameVolume),
    ...(layout?.identity?.groups ?? []).map(nameGroup),
    ...(layout?.identity ? [nameReferences(layout.identity)] : []),
    {
      op: "write-table",
      ...(into
        ? say("plan.write-start", { number: into.number })
        : layout
          ? say("plan.write-new-table", { table: layout.tableType.toUpperCase() })
          : say(hasTable ? "plan.write-table" : "plan.write-disk-start")),
      bytes: used(["table"]),
    },
  ];
}

function writeRegion(placed: PlacedRegion, manifest: Manifest, { delta }: RestoreOptions): PlanOperation[] {
  const { kind, start, size, usedBytes, region } = placed;
  if (kind === "table" || kind === "gap") return [];
  const share = { region: regionSentence(placed, manifest), used: usedBytes, size };
  const sentence = say(delta ? "plan.compare-region" : "plan.write-region", share);
  return [{ op: "write-region", ...sentence, region, start, size, bytes: usedBytes }];
}

/** What an image calls a region is English; the same for every language. */
function regionSentence({ kind, label, partition = 0 }: Region, { partitions }: Manifest): Sentence {
  const filesystem = partitions.find(({ number }) => number === partition)?.filesystem?.type ?? "";
  if (kind === "tail") return { ...say("plan.region-end", { number: partition }), text: label };
  if (partition === 0) return { ...say("plan.region-whole"), text: label };
  return { ...say("plan.region", { number: partition, filesystem }), text: label };
}

const clearRest = ({ size }: Disk, regions: readonly PlacedRegion[]): PlanOperation => {
  const bytes = size - regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  return { op: "clear-table", ...say("plan.write-zeros", { bytes }), bytes: 0 };
};

const makePartition = (
  { number, start, size }: Pick<IntoPlace, "number" | "start" | "size">,
  target: Disk,
): PlanOperation => ({
  op: "make-partition",
  ...say("plan.make-partition", { number, disk: diskName(target), size, start }),
  bytes: 0,
});

const addPartition = ({ made, number, start, size, typeName }: PlannedPartition): PlanOperation[] =>
  made === undefined
    ? []
    : [
        {
          op: "make-partition",
          ...say("plan.add-partition", { number, type: sayType(typeName), size, start }),
          bytes: 0,
        },
      ];

const nameVolume = ({ number, inside, type, from, to }: NewVolumeId): PlanOperation => ({
  op: "name-volume",
  ...say("plan.name-volume", { container: CONTAINERS[type] ?? type, volume: inside ?? "", number, from, to }),
  bytes: 0,
});

const nameGroup = ({ number, inside, from, to, ids, volumes }: NewGroup): PlanOperation => ({
  op: "name-volume",
  ...say("plan.name-group", {
    ...{ from, to, volume: inside ?? "", number, count: volumes.length },
    ...{ fromId: ids[0]?.from ?? "", toId: ids[0]?.to ?? "" },
  }),
  bytes: 0,
});

const nameReferences = ({ references, groups = [] }: NewIdentity): PlanOperation => ({
  op: "name-volume",
  ...say("plan.name-references", { count: references.length + groups.length }),
  bytes: 0,
});

function fitVolume(
  { source, number, size, change, inside }: PlannedPartition,
  { manifest }: PlannedImage,
): PlanOperation[] {
  if (change === "none" || source === undefined) return [];
  const before = manifest.partitions.find((one) => one.number === source);
  const partition = { from: before?.size ?? 0, size, change, filesystem: before?.filesystem?.type };
  const volumes = (inside ?? []).filter((one) => one.change !== "none");
  return [
    fitted(partition, number),
    ...volumes.map((one) => ({
      ...fitted({ ...one, change: one.change as Fitted["change"] }, number, one.name),
      volume: one.name,
    })),
  ];
}

const CONTAINERS: Readonly<Record<string, string>> = { LVM2_member: "LVM", crypto_LUKS: "LUKS" };

interface Fitted {
  readonly from: number;
  readonly size: number;
  readonly change: "shrink" | "grow" | "remake";
  readonly filesystem?: string | undefined;
}

function fitted(
  { from, size, change, filesystem = "" }: Fitted,
  number: number,
  volume = "",
): Extract<PlanOperation, { op: "fit-volume" }> {
  const content = CONTAINERS[filesystem] ?? filesystem;
  const sentence = say(`plan.${change}`, { content, volume, number, oldSize: from, size });
  return { op: "fit-volume", ...sentence, partition: number, change, from, size, bytes: 0 };
}
