import { formatBytes } from "#base/units.ts";
import { gptTypeOf, mbrTypeOf } from "#imaging/disk/convert-type.ts";
import { newGuid, newSignature } from "#imaging/layout/new-identity.ts";
import { isPossibleInPlace, rolesInPlace } from "#imaging/partition/convert-in-place.ts";
import { createPartition } from "#imaging/partition/create-partition.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import { editInvalid } from "#imaging/partition/edit-invalid.ts";
import { movePartition, resizePartition } from "#imaging/partition/move-partition.ts";
import { arranged, find, type Picture, type PicturedPartition, replaced } from "#imaging/partition/picture.ts";
import { say } from "#imaging/words/say.ts";

/**
 * The picture after one more operation. Pure: nothing happens to a disk. @param seed what new identities follow from
 * @throws EDIT_INVALID with the reason in plain words
 */
export function applyEdit(picture: Picture, edit: Edit, seed: string): Picture {
  if (edit.op === "table") return emptyTable(picture, edit.table, seed);
  if (picture.tableType === "none") throw editInvalid(say("cannot.no-table"));
  switch (edit.op) {
    case "create":
      return createPartition(picture, edit, seed);
    case "delete":
      return deletePartition(picture, edit.number);
    case "resize":
      return resizePartition(picture, edit.number, edit.size);
    case "move":
      return movePartition(picture, edit.number, edit.start);
    case "format":
      return change(picture, edit.number, (one) => formatted(one, edit));
    case "label":
      return change(picture, edit.number, (one) => labelled(one, edit.label));
    case "name":
      return change(picture, edit.number, (one) => named(picture, one, edit.name));
    case "type":
      return change(picture, edit.number, (one) => typed(one, edit.type));
    case "active":
      return activated(picture, edit.number, edit.active);
    case "convert":
      return converted(picture, edit.table, seed);
  }
}

function change(picture: Picture, number: number, how: (one: PicturedPartition) => PicturedPartition): Picture {
  const before = find(picture, number);
  return replaced(picture, before, how(before));
}

function emptyTable(picture: Picture, tableType: "gpt" | "mbr", seed: string): Picture {
  for (const one of picture.partitions) refuseUsed(one, "delete");
  const diskId = tableType === "gpt" ? newGuid(seed, "disk") : newSignature(seed);
  return { ...picture, tableType, diskId, partitions: [] };
}

export function refuseUsed({ number, usedBy }: PicturedPartition, what: "delete" | "format" | "label"): void {
  const [use] = usedBy;
  if (use) throw editInvalid(say(`cannot.${what}-used`, { number, use }));
}

function deletePartition(picture: Picture, number: number): Picture {
  const gone = find(picture, number);
  refuseUsed(gone, "delete");
  const holds = gone.role === "extended" && picture.partitions.some(({ role }) => role === "logical");
  if (holds) throw editInvalid(say("cannot.holds-logical", { number }));
  return arranged(
    picture,
    picture.partitions.filter((one) => one !== gone),
  );
}

function formatted(one: PicturedPartition, { filesystem, label }: Extract<Edit, { op: "format" }>): PicturedPartition {
  refuseUsed(one, "format");
  if (one.role === "extended") throw editInvalid(say("cannot.only-holds", { number: one.number }));
  return { ...one, filesystem, label, least: one.size, most: one.size };
}

const LABELLED = ["ext2", "ext3", "ext4", "xfs", "btrfs", "ntfs", "vfat", "exfat", "f2fs", "swap"];

function labelled(one: PicturedPartition, label: string): PicturedPartition {
  refuseUsed(one, "label");
  if (!one.filesystem || !LABELLED.includes(one.filesystem))
    throw editInvalid(say("cannot.label", { number: one.number }));
  return { ...one, label };
}

function named({ tableType }: Picture, one: PicturedPartition, name: string): PicturedPartition {
  if (tableType !== "gpt") throw editInvalid(say("cannot.name-mbr"));
  return { ...one, name: name === "" ? undefined : name };
}

function typed(one: PicturedPartition, type: string): PicturedPartition {
  if (one.role === "extended") throw editInvalid(say("cannot.type-extended", { number: one.number }));
  return { ...one, type };
}

/** Legacy code in an MBR starts one partition; of a GPT any number may have the attribute. */
function activated(picture: Picture, number: number, active: boolean): Picture {
  const one = find(picture, number);
  if (one.role !== "primary") throw editInvalid(say("cannot.start-logical", { number, role: one.role }));
  const partitions = picture.partitions.map((other) => {
    if (picture.tableType === "mbr") return { ...other, active: other === one ? active : other.active && !active };
    return other === one ? { ...other, active, attributes: withBit(other.attributes, active) } : other;
  });
  return { ...picture, partitions };
}

/** Bit 2: legacy BIOS bootable (UEFI 2.10, 5.3.3). */
function withBit(attributes: string, on: boolean): string {
  const bits = BigInt(attributes);
  return `0x${(on ? bits | 4n : bits & ~4n).toString(16)}`;
}

function converted(picture: Picture, tableType: "gpt" | "mbr", seed: string): Picture {
  if (picture.tableType === tableType) throw editInvalid(say("cannot.same-table"));
  const real = picture.partitions.filter(({ role }) => role !== "extended");
  const problem = isPossibleInPlace(picture, real, tableType);
  if (problem) throw editInvalid(say("cannot.convert", { why: problem }));
  const placed = tableType === "gpt" ? real.map((one) => ({ ...one, role: "primary" as const })) : rolesInPlace(real);
  const diskId = tableType === "gpt" ? newGuid(seed, "disk") : newSignature(seed);
  const partitions = placed.map(
    (one): PicturedPartition => ({
      ...one,
      attributes: "0x0",
      type:
        one.role === "extended"
          ? one.type
          : tableType === "gpt"
            ? gptTypeOf(one.type, one.filesystem)
            : mbrTypeOf(one.type, one.filesystem),
      name: undefined,
      guid: tableType === "gpt" ? newGuid(seed, `partition ${one.number}`) : undefined,
    }),
  );
  return arranged({ ...picture, tableType, diskId }, partitions);
}

export const sizeText = (one: PicturedPartition): string =>
  `partition ${one.number} (${[one.filesystem, formatBytes(one.size)].filter(Boolean).join(", ")})`;
