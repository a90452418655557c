import { openDevice } from "#imaging/device/file-device.ts";
import { gptTypeOf, mbrTypeOf } from "#imaging/disk/convert-type.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { MIB, roundUp } from "#imaging/layout/layout.ts";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import { editInvalid } from "#imaging/partition/edit-invalid.ts";
import { find, freeSpaces, type Picture, type PicturedPartition } from "#imaging/partition/picture.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { seedOf } from "#imaging/partition/plan-edits.ts";
import type { IntoPlace } from "#imaging/plan/plan.ts";
import { say } from "#imaging/words/say.ts";

/** A partition of the target, or its free space: the first that is large enough, or the one that holds byte `at`. */
export type IntoWish = { readonly partition: number } | { readonly free: true; readonly at?: number | undefined };

/**
 * Where a partition of an image goes on a disk that keeps all else. Nothing is written.
 * @param least bytes that it needs @throws EDIT_INVALID, TABLE_DAMAGED, READ_FAILED
 */
export async function choosePlace(
  disk: Disk,
  wish: IntoWish,
  source: PartitionInfo,
  least: number,
): Promise<IntoPlace> {
  await using device = await openDevice(disk.path, fileOptions(disk));
  const picture = await pictureDisk(device);
  const isFree = "free" in wish;
  const after = isFree ? made(picture, wish, source, { disk, least }) : picture;
  const { number, start, size } = isFree ? added(after) : find(picture, wish.partition);
  const one = find(after, number);
  if (one.role === "extended") throw editInvalid(say("cannot.only-holds", { number }));
  const type = typeIn(picture, source);
  return { number, start, size, isMade: isFree, type, ...(source.name !== undefined && { name: source.name }) };
}

/** What the table of the target calls such a partition. */
function typeIn({ tableType }: Picture, { type, filesystem }: PartitionInfo): string {
  const isMbr = type.startsWith("0x");
  if (tableType === "gpt") return isMbr ? gptTypeOf(type, filesystem?.type) : type;
  return isMbr ? type : mbrTypeOf(type, filesystem?.type);
}

/** As large as it was, where there is room for that; else all of the largest free space. */
function made(
  picture: Picture,
  { at }: { at?: number | undefined },
  source: PartitionInfo,
  { disk, least }: { disk: Disk; least: number },
): Picture {
  const sizes = freeSpaces(picture)
    .filter(({ start, end }) => at === undefined || (start <= at && at < end))
    .map(({ start, end }) => end - Math.max(start, at ?? 0));
  const largest = Math.max(0, ...sizes);
  if (largest < least) {
    const room = { size: least, free: largest };
    throw editInvalid(at === undefined ? say("cannot.free", room) : say("cannot.free-at", { ...room, start: at }));
  }
  const size = Math.min(largest, roundUp(source.size, MIB));
  return applyEdit(picture, { op: "create", start: at, size }, makingSeed(disk));
}

/** What the identity of a new partition follows from. */
export const makingSeed = (disk: Disk): string => `${seedOf(disk)} into`;

/** The partition that only the second picture has. */
function added(after: Picture): PicturedPartition {
  const one = after.partitions.find(({ source, role }) => source === undefined && role !== "extended");
  if (!one) throw new Error("no partition was added");
  return one;
}
