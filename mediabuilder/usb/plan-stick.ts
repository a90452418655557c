import { formatBytes } from "#base/units.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { confirmationFor } from "#imaging/plan/confirmation.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import { type UndoWish, undoSentence, undoWarnings } from "#imaging/plan/undo-place.ts";
import { DATA_LABELS, type DataFilesystem } from "./make-data-volume.ts";
import { common, type PlannedSystem, refuseAsStick, stickHash, withId } from "./plan-common.ts";
import { BOOT_LABEL, DATA_NAME, type StickLayout, stickLayout } from "./stick-layout.ts";
import type { StickOperation, StickPartition, StickPlan } from "./stick-plan.ts";
import { removableWarning, sectorWarning, stickWarning } from "./stick-warnings.ts";

/**
 * System + disk -> plan of a new stick. Pure and deterministic.
 * @throws STICK_TOO_SMALL, TARGET_IS_BOOT_MEDIUM, TARGET_READ_ONLY, TARGET_IN_USE, OPEN_FAILED
 */
export function planStick(
  system: PlannedSystem,
  target: Disk,
  { data, undo: wish }: { readonly data: DataFilesystem; readonly undo: UndoWish },
): StickPlan {
  refuseAsStick(target);
  const name = diskName(target);
  const layout = stickLayout({ ...target, name: `${name} (${target.path})` }, system.bytes);
  const losses = findLosses(target);
  const undo = losses.length > 0 ? wish : undefined;
  const place = typeof undo === "object" ? undo : undefined;
  const partitions = partitionsOf(layout, data);
  return withId({
    ...common("make-stick", system, target),
    data,
    ...(place && { undo: place }),
    partitions,
    operations: [
      ...(place ? [{ op: "save-old" as const, text: undoSentence(place, name).text, bytes: place.mostBytes }] : []),
      { op: "clear-table", text: `Remove the old partition table of ${name}`, bytes: 0 },
      ...partitions.map((partition) => writePartition(partition, system)),
      { op: "verify", text: "Read everything back and compare it", bytes: system.bytes },
      { op: "write-table", text: "Write the partition table and the boot code, last of all", bytes: 0 },
    ],
    losses,
    warnings: [
      ...undoWarnings(undo, name),
      ...stickWarning(target),
      ...removableWarning(target),
      ...sectorWarning(target),
    ],
    writeBytes: system.bytes,
    confirmation: confirmationFor(target, losses),
    inventoryHash: stickHash(system, target, undefined),
  });
}

const partitionsOf = ({ bios, boot, data }: StickLayout, filesystem: DataFilesystem): StickPartition[] =>
  [
    ...(bios ? [{ name: "BIOS boot", ...bios }] : []),
    { name: BOOT_LABEL, ...boot, filesystem: "vfat" },
    { name: DATA_NAME, ...data, filesystem },
  ].map((partition, i) => ({ number: i + 1, ...partition }));

function writePartition(
  { number, name, size, filesystem }: StickPartition,
  { info, bytes }: PlannedSystem,
): StickOperation {
  const what = `Write partition ${number}, ${formatBytes(size)}`;
  if (filesystem === undefined)
    return { op: "write-partition", text: `${what}: GRUB for computers with a BIOS`, bytes: 0 };
  if (name === BOOT_LABEL)
    return { op: "write-partition", text: `${what}: Lifeboat ${info.version}, with room for the next version`, bytes };
  const label = DATA_LABELS[filesystem as DataFilesystem];
  return {
    op: "write-partition",
    text: `${what}: an empty ${filesystem} named ${label}, for images, logs and settings`,
    bytes: 0,
  };
}
