import { usableOf } from "#imaging/disk/build-table.ts";
import { MIB, roundUp } from "#imaging/layout/layout.ts";
import { newGuid } from "#imaging/layout/new-identity.ts";
import type { Edit, NewFilesystem } from "#imaging/partition/edit.ts";
import { editInvalid } from "#imaging/partition/edit-invalid.ts";
import {
  arranged,
  type FreeSpace,
  freeSpaces,
  type Picture,
  type PicturedPartition,
} from "#imaging/partition/picture.ts";
import { say } from "#imaging/words/say.ts";

type Create = Extract<Edit, { op: "create" }>;

const MOST = { gpt: 128, mbr: 4 } as const;

/** GPT and MBR type of a partition with this file system. */
const TYPES: Readonly<Record<NewFilesystem | "none", readonly [gpt: string, mbr: string]>> = {
  ext4: ["0fc63daf-8483-4772-8e79-3d69d8477de4", "0x83"],
  xfs: ["0fc63daf-8483-4772-8e79-3d69d8477de4", "0x83"],
  btrfs: ["0fc63daf-8483-4772-8e79-3d69d8477de4", "0x83"],
  f2fs: ["0fc63daf-8483-4772-8e79-3d69d8477de4", "0x83"],
  ntfs: ["ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "0x07"],
  exfat: ["ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "0x07"],
  vfat: ["ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "0x0c"],
  swap: ["0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", "0x82"],
  none: ["0fc63daf-8483-4772-8e79-3d69d8477de4", "0x83"],
};

/** Makes a partition in free space. On an MBR an extended partition is made around the first logical one. @throws EDIT_INVALID */
export function createPartition(picture: Picture, edit: Create, seed: string): Picture {
  const role = roleOf(picture, edit);
  const needsExtended = role === "logical" && !picture.partitions.some((one) => one.role === "extended");
  const space = spaceFor(picture, edit, role, needsExtended);
  const kind = picture.tableType === "gpt" ? "gpt" : "mbr";
  const number = role === "logical" ? 5 : freeNumber(picture, kind);
  const [gpt, mbr] = TYPES[edit.filesystem ?? "none"];
  const size = space.end - space.start;
  const made: PicturedPartition = {
    ...{ number, start: space.start, size, type: edit.type ?? (kind === "gpt" ? gpt : mbr), role },
    ...{ name: kind === "gpt" ? edit.name : undefined, active: false, attributes: "0x0" },
    guid: kind === "gpt" ? newGuid(seed, `created at ${space.start}`) : undefined,
    ...{ filesystem: edit.filesystem, label: edit.label, least: size, most: size, usedBy: [] },
  };
  const extended = needsExtended ? [extendedFor(picture, space)] : [];
  return arranged(picture, [...picture.partitions, ...extended, made]);
}

function roleOf(picture: Picture, { role, start, name }: Create): "primary" | "logical" {
  if (picture.tableType === "gpt") {
    if (role === "logical") throw editInvalid("a GPT has no logical partitions");
    return "primary";
  }
  if (name !== undefined) throw editInvalid("an MBR has no names of partitions");
  if (role) return role;
  const inExtended = freeSpaces(picture).some((one) => one.inside === "extended" && contains(one, start));
  if (start !== undefined) return inExtended ? "logical" : "primary";
  return recordsTaken(picture) < MOST.mbr ? "primary" : "logical";
}

const recordsTaken = ({ partitions }: Picture): number => partitions.filter(({ role }) => role !== "logical").length;
const contains = ({ start, end }: FreeSpace, at: number | undefined): boolean =>
  at !== undefined && at >= start && at < end;

function spaceFor(
  picture: Picture,
  { start, size }: Create,
  role: "primary" | "logical",
  needsExtended: boolean,
): { start: number; end: number } {
  const inside = role === "logical" && !needsExtended ? "extended" : "disk";
  // Behind the record of the first logical partition.
  const before = needsExtended ? MIB : 0;
  const spaces = freeSpaces(picture)
    .filter((one) => one.inside === inside)
    .map((one) => ({ ...one, start: one.start + before }));
  const wanted = roundUp(size ?? MIB, picture.sectorSize);
  if (inside === "disk" && start !== undefined && size !== undefined && isFree(picture, start, start + wanted))
    return { start, end: start + wanted };
  const space =
    start === undefined
      ? spaces.find((one) => one.end - one.start >= wanted)
      : spaces.find((one) => contains(one, start));
  const at = start ?? space?.start ?? 0;
  if (!space || at + wanted > space.end) throw noRoom(spaces, wanted, start);
  if (at % picture.sectorSize !== 0) throw editInvalid(`byte ${at} is no start of a sector`);
  return { start: at, end: size === undefined ? space.end : at + wanted };
}

/** A place that is named to the byte may lie where no place is offered: before the first MiB, or not at a whole one. */
function isFree(picture: Picture, start: number, end: number): boolean {
  const { size, sectorSize, partitions } = picture;
  if (picture.tableType !== "gpt" || start % sectorSize !== 0) return false;
  const usable = usableOf("gpt", size, sectorSize);
  const isApart = (one: { start: number; size: number }) => end <= one.start || start >= one.start + one.size;
  return start >= usable.start && end <= usable.end && partitions.every(isApart);
}

function noRoom(spaces: readonly { start: number; end: number }[], wanted: number, start: number | undefined): Error {
  const largest = Math.max(0, ...spaces.map((one) => one.end - one.start));
  const sizes = { size: wanted, free: largest };
  return editInvalid(start === undefined ? say("cannot.free", sizes) : say("cannot.free-at", { ...sizes, start }));
}

function freeNumber(picture: Picture, kind: "gpt" | "mbr"): number {
  const taken = new Set(picture.partitions.map(({ number }) => number));
  for (let number = 1; number <= MOST[kind]; number++) if (!taken.has(number)) return number;
  throw editInvalid(say(`cannot.${kind}-full`, { count: MOST[kind] }));
}

/** All of the free space around the first logical partition: more of them will fit. */
function extendedFor(picture: Picture, inner: { start: number }): PicturedPartition {
  const space = freeSpaces(picture).find((one) => one.start <= inner.start && inner.start < one.end) as FreeSpace;
  const size = space.end - space.start;
  return {
    ...{ number: freeNumber(picture, "mbr"), start: space.start, size, type: "0x0f", role: "extended" },
    ...{ active: false, attributes: "0x0", least: size, most: size, usedBy: [] },
  };
}
