import { LifeboatError } from "#base/errors.ts";
import { asDetail, type Sentence } from "#base/sentence.ts";
import { usableOf } from "#imaging/disk/build-table.ts";
import { checkDesign } from "#imaging/disk/check-design.ts";
import { gptTypeOf, mbrTypeOf } from "#imaging/disk/convert-type.ts";
import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import { partitionTypeName } from "#imaging/disk/partition-types.ts";
import type { Extent } from "#imaging/extent.ts";
import { addedNotes, addedPartitions, roomBefore } from "#imaging/layout/added-partitions.ts";
import { type ChosenPartition, choosePartitions, partitionSentence } from "#imaging/layout/choose-partitions.ts";
import { designOf } from "#imaging/layout/design.ts";
import {
  DEFAULT_ALIGN,
  type LayoutNote,
  type LayoutSource,
  type LayoutTarget,
  type LayoutWish,
  MIB,
  type PlannedPartition,
  type SourcePartition,
  type TableLayout,
} from "#imaging/layout/layout.ts";
import { mbrRoles } from "#imaging/layout/mbr-roles.ts";
import { meantToGrow } from "#imaging/layout/meant-to-grow.ts";
import { movedPartitions } from "#imaging/layout/moved-partitions.ts";
import { newGuid, newSignature } from "#imaging/layout/new-identity.ts";
import { newIdentity } from "#imaging/layout/new-volume-ids.ts";
import { numberPartitions } from "#imaging/layout/number-partitions.ts";
import { type PlaceOptions, type Placing, placePartitions } from "#imaging/layout/place-partitions.ts";
import { insideNotes, planContent } from "#imaging/layout/plan-content.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/**
 * Image + target + wish -> how the partitions will lie. Pure and deterministic. The order of the partitions stays, sizes
 * change as the wish allows and the file systems' own limits say, and what will be otherwise is said in notes.
 * @throws TARGET_TOO_SMALL, SECTOR_SIZE_UNFIT, LAYOUT_INVALID
 */
export function planLayout(source: LayoutSource, target: LayoutTarget, wish: LayoutWish): TableLayout {
  checkWish(wish);
  const tableType = wish.table ?? source.tableType;
  const notes: LayoutNote[] = [];
  const kept = choosePartitions(source, wish, tableType, notes);
  const added = addedPartitions(kept, wish, tableType, target);
  const inFront = added.filter(({ made }) => made === "bios-grub");
  const chosen = [...kept, ...added.filter((one) => !inFront.includes(one))];
  refuseSectorSize(chosen, target);
  const roles = tableType === "mbr" ? mbrRoles(chosen, source, notes) : chosen.map(() => "primary" as const);
  const grows = meantToGrow(chosen, wish.grow);
  const parts = chosen.map((one, i) => ({ ...one, role: roles[i] as Placing["role"], grows: grows[i] as boolean }));
  const usable = usableOf(tableType, target.size, target.sectorSize);
  const align = wish.align ?? DEFAULT_ALIGN;
  const hasRoles = chosen.every(({ partition }, i) => partition.role === roles[i]);
  const mayStay = wish.mode === "keep" && wish.align === undefined && hasRoles;
  const extended = source.partitions.filter(({ role }) => role === "extended");
  const avoid = extended.map(({ start, size }) => ({ start, end: start + size }));
  const options = { target, usable, align, mode: wish.mode, mayStay, avoid };
  const [placing, places] = placeAll(parts, inFront, options);
  const stays = ({ partition, made }: Placing, i: number) => made !== undefined || places[i]?.start === partition.start;
  const staysWhole = mayStay && placing.every(stays);
  const table = identityOf(source, wish, tableType);
  const partitions = name(placing, places, { source, tableType, align, identity: table, target, usable, staysWhole });
  const layout: TableLayout = {
    tableType,
    size: target.size,
    sectorSize: target.sectorSize,
    diskId: table.diskId,
    partitions,
    notes: [
      ...notes,
      ...addedNotes(partitions),
      ...tableNotes(source, tableType, partitions),
      ...insideNotes(source, partitions),
      ...freeSpace(partitions, usable),
    ],
  };
  checkDesign(designOf(layout)); // what no table can say is refused here, and not when the disk is half written
  return withNames(layout, source, wish);
}

/** Adds what is called otherwise than in the image. */
function withNames(layout: TableLayout, source: LayoutSource, { ids }: LayoutWish): TableLayout {
  const identity = newIdentity(source, layout.partitions, ids === "new");
  const moved = movedPartitions(source, { ...layout, type: layout.tableType });
  return {
    ...layout,
    ...(moved.length > 0 && { moved }),
    ...(identity && { identity: identity.ids, notes: [...layout.notes, ...identity.notes] }),
  };
}

/** The place of GRUB goes in front of all others where it can; all in the order in which they lie. */
function placeAll(
  parts: readonly Placing[],
  inFront: readonly ChosenPartition[],
  options: PlaceOptions,
): [Placing[], Extent[]] {
  const front = inFront.map((one): Placing => ({ ...one, role: "primary", grows: false }));
  const places = placePartitions(parts, options);
  const room = front.length > 0 ? roomBefore(places, options.usable) : undefined;
  const all = room || front.length === 0 ? [...front, ...parts] : [...parts, ...front];
  const found = room ? [room, ...places] : front.length === 0 ? places : placePartitions(all, options);
  const order = [...all.keys()].sort((a, b) => (found[a] as Extent).start - (found[b] as Extent).start);
  return [order.map((i) => all[i] as Placing), order.map((i) => found[i] as Extent)];
}

function checkWish({ align, mode, partitions, only, grow }: LayoutWish): void {
  if (align !== undefined && align % MIB !== 0)
    throw layoutInvalid(`${align} bytes are no multiple of 1 MiB to align to`);
  if ((mode === "manual") !== (partitions !== undefined))
    throw layoutInvalid(
      mode === "manual" ? "no partitions are named" : "partitions are named, but the layout is not manual",
    );
  if (mode === "manual" && only) throw layoutInvalid("a manual layout names its partitions itself");
  if (mode !== "fill" && grow) throw layoutInvalid("only a layout that fills the disk makes partitions grow");
}

export function refuseSectorSize(
  chosen: readonly Pick<ChosenPartition, "partition">[],
  { name, sectorSize }: LayoutTarget,
): void {
  for (const { partition } of chosen)
    if (partition.refused)
      throw sectorSizeUnfit(name, sectorSize, partitionSentence(partition), hear(partition.refused));
}

const sectorSizeUnfit = (target: string, sectorSize: number, partition: Sentence, reason: Sentence) =>
  new LifeboatError(
    "SECTOR_SIZE_UNFIT",
    { target, sectorSize, partition: partition.text, reason: reason.text },
    { said: { ...asDetail("partition", partition)?.said, ...asDetail("reason", reason)?.said } },
  );

interface Identity {
  readonly diskId: string | undefined;
  /** Of a partition on a GPT. */
  guidOf(partition: SourcePartition): string;
}

function identityOf(source: LayoutSource, { ids = "keep" }: LayoutWish, tableType: "gpt" | "mbr"): Identity {
  const same = ids === "keep" && tableType === source.tableType;
  const made = tableType === "gpt" ? newGuid(source.seed, "disk") : newSignature(source.seed);
  return {
    diskId: same ? source.diskId : made,
    guidOf: ({ guid, number }) => (same && guid !== undefined ? guid : newGuid(source.seed, `partition ${number}`)),
  };
}

interface Naming {
  readonly source: LayoutSource;
  readonly target: LayoutTarget;
  readonly tableType: "gpt" | "mbr";
  readonly align: number;
  readonly identity: Identity;
  readonly usable: Extent;
  /** No partition has another place than before. */
  readonly staysWhole: boolean;
}

/** Gives the placed partitions all else that a table says of them. */
function name(placing: readonly Placing[], places: readonly Extent[], naming: Naming): PlannedPartition[] {
  const { source, tableType, identity } = naming;
  const { numbers, extended } = numberPartitions(
    tableType,
    placing.map(({ partition, wish, role }) => ({ wished: wish?.number, source: partition.number, role })),
    source.partitions.find(({ role }) => role === "extended")?.number,
  );
  const partitions = placing.map((part, i): PlannedPartition => {
    const { partition, wish, role, made } = part;
    const { start, end } = places[i] as Extent;
    const number = numbers[i] as number;
    const type = made ? partition.type : (wish?.type ?? convertedType(partition, source.tableType, tableType));
    const label = wish?.name ?? partition.name;
    return {
      ...(made ? { made } : { source: partition.number }),
      number,
      start,
      size: end - start,
      type,
      typeName: partitionTypeName(type),
      ...(tableType === "gpt" && label !== undefined && { name: label }),
      guid: tableType === "gpt" ? identity.guidOf(partition) : partUuid(identity.diskId, number),
      active: wish?.active ?? partition.active,
      role,
      ...(made ? { change: "none" as const } : planContent(partition, end - start, naming.target)),
    };
  });
  return extended === undefined ? partitions : withExtended(partitions, extended, naming);
}

const partUuid = (signature: string | undefined, number: number): string | undefined =>
  signature === undefined ? undefined : `${signature}-${number.toString(16).padStart(2, "0")}`;

function convertedType({ type, filesystem }: SourcePartition, from: "gpt" | "mbr", to: "gpt" | "mbr"): string {
  if (from === to) return type;
  return to === "gpt" ? gptTypeOf(type, filesystem) : mbrTypeOf(type, filesystem);
}

function withExtended(partitions: readonly PlannedPartition[], number: number, naming: Naming): PlannedPartition[] {
  const first = partitions.findIndex(({ role }) => role === "logical");
  const before = naming.staysWhole && naming.source.partitions.find(({ role }) => role === "extended");
  const { start, end } = before ? clipped(before, naming.usable) : extendedExtent(partitions, naming);
  const type = before ? before.type : "0x0f";
  const extended: PlannedPartition = {
    ...{ number, start, size: end - start, type, typeName: partitionTypeName(type) },
    ...{ guid: partUuid(naming.identity.diskId, number), active: false, role: "extended", change: "none" },
  };
  return [...partitions.slice(0, first), extended, ...partitions.slice(first)];
}

/** From the first boot record, a unit before the first logical partition where that is free, to the end of the last. */
function extendedExtent(partitions: readonly PlannedPartition[], { align }: Naming): Extent {
  const logical = partitions.filter(({ role }) => role === "logical");
  const [first, last] = [logical[0], logical.at(-1)] as [PlannedPartition, PlannedPartition];
  const before = partitions[partitions.indexOf(first) - 1];
  const start = Math.max(first.start - align, before ? before.start + before.size : align);
  return { start, end: last.start + last.size };
}

/** Free space at its end may lie behind that of a smaller disk. */
const clipped = ({ start, size }: { start: number; size: number }, usable: Extent): Extent => ({
  start,
  end: Math.min(start + size, usable.end),
});

function tableNotes(
  source: LayoutSource,
  tableType: "gpt" | "mbr",
  partitions: readonly PlannedPartition[],
): LayoutNote[] {
  const notes: LayoutNote[] = [];
  if (tableType !== source.tableType) {
    const [from, to] = [source.tableType.toUpperCase(), tableType.toUpperCase()];
    notes.push({ code: "TABLE_CONVERTED", ...say("layout.table", { from, to }) });
    const named = source.partitions.filter((one) => one.name).map((one) => `${one.number} "${one.name}"`);
    if (tableType === "mbr" && named.length > 0)
      notes.push({ code: "PARTITION_NAMES_LOST", ...say("layout.names-lost", { names: named.join(", ") }) });
    notes.push({ code: "BOOT_MAY_FAIL", ...say("layout.boot-may-fail") });
  }
  for (const { source: before, number } of partitions)
    if (before !== undefined && before !== number)
      notes.push({ code: "PARTITION_RENUMBERED", ...say("layout.renumbered", { oldNumber: before, number }) });
  return notes;
}

/** Less than this is what alignment leaves over. */
const WORTH_SAYING = 64 * MIB;

function freeSpace(partitions: readonly PlannedPartition[], usable: Extent): LayoutNote[] {
  let end = usable.start;
  let free = 0;
  for (const { start, size, role } of partitions) {
    if (role === "extended") continue;
    free += Math.max(0, start - end);
    end = start + size;
  }
  free += usable.end - end;
  if (free < WORTH_SAYING) return [];
  return [{ code: "SPACE_UNUSED", ...say("layout.free", { free }) }];
}
