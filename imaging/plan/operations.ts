import { formatBytes } from "#base/units.ts";
import { tableExtentsToErase } from "#imaging/disk/partition-table.ts";
import type { Region } from "#imaging/image/manifest.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { NewGroup, NewIdentity, NewVolumeId } from "#imaging/layout/identity.ts";
import type { PlannedLayout, PlannedPartition } from "#imaging/layout/layout.ts";
import { regionPlaces } from "#imaging/layout/region-places.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import type { IntoPlace, PlanOperation, RestoreOptions } from "#imaging/plan/plan.ts";
import type { PlannedImage } from "#imaging/plan/plan-restore.ts";
import { type UndoPlace, undoText } from "#imaging/plan/undo-place.ts";

/** A region as it will lie on the target, with what is written of it. */
interface PlacedRegion extends Region {
  /** Its place in the image's list. */
  readonly region: number;
}

export const saveOld = (place: UndoPlace | undefined, target: Disk): PlanOperation[] =>
  place ? [{ op: "save-old", text: undoText(place, diskName(target)), bytes: place.mostBytes }] : [];

/** What is done to the systems on it, in words. */
export function mendSystems({ universal, firmware, identity, hostname, moved }: MendWish): PlanOperation {
  const parts = [
    "repair what starts the systems on it where it is needed",
    ...(firmware ? [`make them start under ${firmware === "uefi" ? "UEFI" : "legacy firmware (BIOS)"}`] : []),
    ...(moved ? ["tell a Windows on it how its partitions are called now"] : []),
    ...(universal ? ["let them start on other hardware"] : []),
    ...(identity === "new" ? [`make them another machine${hostname === undefined ? "" : `, ${hostname}`}`] : []),
  ];
  const text = parts.join("; ");
  return { op: "mend-systems", text: `${text.charAt(0).toUpperCase()}${text.slice(1)}`, bytes: 0 };
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
    text: options.delta
      ? `Read back what was written and compare it with the ${from}`
      : `Read everything back and compare it with the ${from}`,
    bytes: regions.reduce((sum, region) => sum + region.usedBytes, 0),
  };
  return [
    ...(into?.isMade ? [makePartition(into, target)] : []),
    {
      op: "clear-table",
      text: into
        ? `Remove what marks the old content of partition ${into.number}`
        : `Remove the old partition table of ${diskName(target)}`,
      bytes: cleared,
    },
    ...(options.everySector ? [clearRest(target, regions)] : []),
    ...regions.flatMap((region) => writeRegion(region, options)),
    {
      op: "write-boot-areas",
      text: hasGaps ? "Write boot loader areas and boot sectors" : "Write boot sectors",
      bytes: used(["gap"]),
    },
    ...(options.verifyTarget ? [verify] : []),
    ...(layout?.partitions ?? []).flatMap((partition) => addPartition(partition, target)),
    ...(layout?.partitions ?? []).flatMap((partition) => fitVolume(partition, image)),
    ...(layout?.identity?.volumes ?? []).map(nameVolume),
    ...(layout?.identity?.groups ?? []).map(nameGroup),
    ...(layout?.identity ? [nameReferences(layout.identity)] : []),
    {
      op: "write-table",
      text: into
        ? `Write the start of partition ${into.number}, last of all`
        : layout
          ? `Write a new ${layout.tableType.toUpperCase()} partition table, last of all`
          : `Write the ${hasTable ? "partition table" : "start of the disk"}, last of all`,
      bytes: used(["table"]),
    },
  ];
}

function writeRegion(
  { kind, label, start, size, usedBytes, region }: PlacedRegion,
  { delta }: RestoreOptions,
): PlanOperation[] {
  if (kind === "table" || kind === "gap") return [];
  const what = `${label}: ${formatBytes(usedBytes)} of ${formatBytes(size)}`;
  const text = delta ? `Compare ${what}, and write what differs` : `Write ${what}`;
  return [{ op: "write-region", text, region, start, size, bytes: usedBytes }];
}

const clearRest = ({ size }: Disk, regions: readonly PlacedRegion[]): PlanOperation => {
  const bytes = size - regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  return { op: "clear-table", text: `Write zeros wherever the image has no data: ${formatBytes(bytes)}`, bytes: 0 };
};

const makePartition = (
  { number, start, size }: Pick<IntoPlace, "number" | "start" | "size">,
  target: Disk,
): PlanOperation => ({
  op: "make-partition",
  text: `Make partition ${number} of ${diskName(target)}, ${formatBytes(size)} from byte ${start}`,
  bytes: 0,
});

const addPartition = ({ made, number, start, size, typeName }: PlannedPartition, target: Disk): PlanOperation[] =>
  made === undefined
    ? []
    : [
        {
          ...makePartition({ number, start, size }, target),
          text: `Make partition ${number} (${typeName}), ${formatBytes(size)} from byte ${start}`,
        },
      ];

const nameVolume = ({ number, inside, type, from, to }: NewVolumeId): PlanOperation => ({
  op: "name-volume",
  text: `Give the ${CONTAINERS[type] ?? type} of ${inside === undefined ? "" : `${inside} in `}partition ${number} the UUID ${to} instead of ${from}`,
  bytes: 0,
});

const nameGroup = ({ number, inside, from, to, ids, volumes }: NewGroup): PlanOperation => ({
  op: "name-volume",
  text: `Call the volume group ${from} of ${inside === undefined ? "" : `${inside} in `}partition ${number} ${to}, with the UUID ${ids[0]?.to} instead of ${ids[0]?.from}, and other UUIDs for its physical volume and ${volumes.length === 1 ? "its logical volume" : `${volumes.length} logical volumes`}`,
  bytes: 0,
});

const nameReferences = ({ references, groups = [] }: NewIdentity): PlanOperation => ({
  op: "name-volume",
  text: `Write ${references.length + groups.length === 1 ? "the new name" : `${references.length + groups.length} new names`} in the configuration of the systems on it (fstab, GRUB and others), where it has the old ones`,
  bytes: 0,
});

const CHANGES = {
  shrink: (what: string, from: string, to: string) => `Make ${what} smaller, from ${from} to ${to}`,
  grow: (what: string, from: string, to: string) => `Make ${what} larger, from ${from} to ${to}`,
  remake: (what: string, _from: string, to: string) => `Make ${what} anew with ${to}, and copy its files`,
} as const;

function fitVolume(
  { source, number, size, change, inside }: PlannedPartition,
  { manifest }: PlannedImage,
): PlanOperation[] {
  if (change === "none" || source === undefined) return [];
  const before = manifest.partitions.find((one) => one.number === source);
  const what = `${contentText(before?.filesystem?.type)} of partition ${number}`;
  const partition = fitted(what, { from: before?.size ?? 0, size, change }, number);
  const volumes = (inside ?? []).filter((one) => one.change !== "none");
  return [
    partition,
    ...volumes.map((one) => {
      const text = `${contentText(one.filesystem)} of ${one.name} in partition ${number}`;
      return { ...fitted(text, { ...one, change: one.change as Change }, number), volume: one.name };
    }),
  ];
}

const CONTAINERS: Readonly<Record<string, string>> = { LVM2_member: "LVM", crypto_LUKS: "LUKS" };
const contentText = (type: string | undefined): string =>
  `the ${type === undefined ? "content" : (CONTAINERS[type] ?? type)}`;

type Change = keyof typeof CHANGES;

const fitted = (
  what: string,
  { from, size, change }: { from: number; size: number; change: Change },
  partition: number,
): Extract<PlanOperation, { op: "fit-volume" }> => {
  const text = CHANGES[change](what, formatBytes(from), formatBytes(size));
  return { op: "fit-volume", text, partition, change, from, size, bytes: 0 };
};
