import { randomUUID } from "node:crypto";
import type { BcdObject } from "#imaging/bcd/bcd-object.ts";
import { type BcdStore, type LeftElement, type MovedElement, openBcd } from "#imaging/bcd/bcd-store.ts";
import { addBootManager, addSettings, addWindows, type BcdDesign, createBcd } from "#imaging/bcd/create-bcd.ts";
import { ELEMENTS } from "#imaging/bcd/element-types.ts";
import { KNOWN_OBJECTS, OBJECT_TYPES } from "#imaging/bcd/known-objects.ts";
import type { PartitionMove } from "#imaging/bcd/move-partitions.ts";
import { type PartitionId, samePartition } from "#imaging/bcd/partition-id.ts";
import { setFirmware } from "#imaging/bcd/set-firmware.ts";
import { describeDifference, differences } from "#imaging/registry/differences.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import type { HiveLogs } from "#imaging/registry/recover-hive.ts";

export interface BcdRepair extends BcdDesign {
  /** Partitions that have other ids now. */
  readonly moves?: readonly PartitionMove[];
  /** The files beside the store. */
  readonly logs?: HiveLogs;
}

export interface BcdRepairResult {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether all of it is new. */
  readonly isNew: boolean;
  /** What was changed, a line each. */
  readonly changes: readonly string[];
  readonly moved: readonly MovedElement[];
  /** Devices on partitions that no move is known for and that are not those of the design. */
  readonly left: readonly LeftElement[];
}

/**
 * Makes a store start the given Windows: ids of partitions that changed are replaced everywhere, programs are those of the
 * firmware, and what is missing of boot manager, menu and loader is made. What is there and fits stays as it is.
 * @param bytes undefined makes a new store
 * @throws NOT_A_BCD; as openHive
 */
export function repairBcd(bytes: Uint8Array | undefined, repair: BcdRepair): BcdRepairResult {
  if (bytes === undefined) {
    const { moved, left } = { moved: [], left: [] };
    return { bytes: createBcd(repair).toBytes(), isNew: true, changes: ["a new store"], moved, left };
  }
  const { moves = [], logs = {}, clock, newGuid = randomUUID } = repair;
  const options = { file: "BCD", ...(clock && { clock }) };
  const store = openBcd(bytes, logs, options);
  const before = openHive(store.toBytes(), {}, { file: "BCD" });
  const { moved, left } = store.movePartitions(moves);
  addSettings(store);
  if (!store.object(KNOWN_OBJECTS.bootmgr)) addBootManager(store, repair);
  placeBootManager(store, repair.system);
  if (!placeLoader(store, repair.windows)) addWindows(store, repair, newGuid);
  setFirmware(store, repair.firmware);
  completeMenu(store, repair.windows);
  return {
    bytes: store.toBytes(),
    isNew: false,
    changes: differences(before, store.hive).map(describeDifference),
    moved,
    left: left.filter(({ id }) => !samePartition(id, repair.system) && !samePartition(id, repair.windows)),
  };
}

/** The partition that an element names; undefined for any other device, and for none. */
function partitionOf(object: BcdObject, type: number): PartitionId | undefined {
  const data = object.element(type)?.data;
  if (data?.format !== "device" || data.device.device.kind !== "partition") return undefined;
  return data.device.device.id;
}

function setPartition(object: BcdObject, type: number, id: PartitionId): void {
  const found = partitionOf(object, type);
  if (found && samePartition(found, id)) return;
  object.set(type, { format: "device", device: { device: { kind: "partition", id } } });
}

/** Boot manager and memory tester; one that is found as "boot" or is looked for is right anywhere. */
function placeBootManager(store: BcdStore, system: PartitionId): void {
  for (const guid of [KNOWN_OBJECTS.bootmgr, KNOWN_OBJECTS.memdiag]) {
    const object = store.object(guid);
    if (object && (!object.element(ELEMENTS.device) || partitionOf(object, ELEMENTS.device)))
      setPartition(object, ELEMENTS.device, system);
  }
}

/** Loaders of installed Windows, not of one in a RAM disk. */
const loaders = (store: BcdStore): BcdObject[] =>
  store
    .objects()
    .filter((object) => object.type === OBJECT_TYPES.osloader && partitionOf(object, ELEMENTS.osDevice) !== undefined);

const loadersOf = (store: BcdStore, windows: PartitionId): BcdObject[] =>
  loaders(store).filter((loader) => samePartition(partitionOf(loader, ELEMENTS.osDevice) as PartitionId, windows));

/** @returns whether there is a loader for that Windows now: one that was, or the only one that there is, made to be it */
function placeLoader(store: BcdStore, windows: PartitionId): boolean {
  const [found] = loadersOf(store, windows);
  if (found) {
    setPartition(found, ELEMENTS.device, windows);
    return true;
  }
  const [only, another] = loaders(store);
  if (!only || another) return false;
  setPartition(only, ELEMENTS.device, windows);
  setPartition(only, ELEMENTS.osDevice, windows);
  const resume = only.element(ELEMENTS.associatedResume)?.data;
  const resumeObject = resume?.format === "object" ? store.object(resume.guid) : undefined;
  if (resumeObject) {
    setPartition(resumeObject, ELEMENTS.device, windows);
    setPartition(resumeObject, ELEMENTS.hiberFileDevice, windows);
  }
  return true;
}

/** The menu has the Windows, and its default is a loader that is there. */
function completeMenu(store: BcdStore, windows: PartitionId): void {
  const manager = store.object(KNOWN_OBJECTS.bootmgr);
  const [loader] = loadersOf(store, windows);
  if (!manager || !loader) return;
  const shown = manager.element(ELEMENTS.displayOrder)?.data;
  const guids = shown?.format === "objects" ? shown.guids : [];
  if (!guids.includes(loader.guid))
    manager.set(ELEMENTS.displayOrder, { format: "objects", guids: [loader.guid, ...guids] });
  const chosen = manager.element(ELEMENTS.defaultObject)?.data;
  if (chosen?.format !== "object" || !store.object(chosen.guid))
    manager.set(ELEMENTS.defaultObject, { format: "object", guid: loader.guid });
}
