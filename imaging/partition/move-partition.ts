import type { Sentence } from "#base/sentence.ts";
import { usableOf } from "#imaging/disk/build-table.ts";
import type { Extent } from "#imaging/extent.ts";
import { MIB, roundDown, roundUp } from "#imaging/layout/layout.ts";
import { editInvalid } from "#imaging/partition/edit-invalid.ts";
import { endOf, extentOf, find, type Picture, type PicturedPartition, replaced } from "#imaging/partition/picture.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** Moves a partition with all that is in it. @throws EDIT_INVALID */
export function movePartition(picture: Picture, number: number, start: number | "left" | "right" | "aligned"): Picture {
  const one = find(picture, number);
  if (one.role === "extended") throw editInvalid(say("cannot.move-holder", { number }));
  refuse(one, "move");
  const room = roomAround(picture, one);
  const at = typeof start === "number" ? start : PLACES[start](room, one);
  if (at % picture.sectorSize !== 0) throw editInvalid(`byte ${at} is no start of a sector`);
  if (at < room.start || at + one.size > room.end)
    throw editInvalid(say("cannot.start", { number, start: room.start, lastStart: room.end - one.size }));
  if (at === one.start) throw editInvalid(say("cannot.starts-there", { number }));
  return replaced(picture, one, { ...one, start: at });
}

const PLACES = {
  left: (room: Extent) => roundUp(room.start, MIB),
  right: (room: Extent, one: PicturedPartition) => lastStart(room, one),
  /** The nearest one on the left, where there is room for it. */
  aligned: (room: Extent, one: PicturedPartition) =>
    roundDown(one.start, MIB) >= room.start ? roundDown(one.start, MIB) : roundUp(one.start, MIB),
};

const lastStart = (room: Extent, one: PicturedPartition): number =>
  Math.max(one.start, roundDown(room.end - one.size, MIB));

/** Makes a partition end elsewhere. @throws EDIT_INVALID */
export function resizePartition(picture: Picture, number: number, wanted: number | "max" | "least"): Picture {
  const one = find(picture, number);
  refuse(one, "resize");
  const room = roomAround(picture, one);
  const most = one.role === "extended" ? Number.POSITIVE_INFINITY : one.most;
  const free = room.end - one.start;
  const size =
    wanted === "max"
      ? Math.max(one.size, Math.min(free === room.end ? free : wholeEnd(free, one.start), most))
      : roundUp(wanted === "least" ? leastOf(picture, one) : wanted, picture.sectorSize);
  if (size > free) throw editInvalid(say("cannot.others-behind", { number, free }));
  const least = leastOf(picture, one);
  if (size < least)
    throw editInvalid(say("cannot.smaller", { number, size: least, count: least, why: whyOf(one.notSmaller) }));
  if (size > one.size && size > most)
    throw editInvalid(say("cannot.larger", { number, size: most, why: whyOf(one.notLarger) }));
  if (size === one.size) throw editInvalid(say("cannot.same-size", { number }));
  return replaced(picture, one, { ...one, size });
}

/** So that it ends where the next one may start. */
const wholeEnd = (size: number, start: number): number => roundDown(start + size, MIB) - start;

const whyOf = (reason: string | undefined): Sentence | string => (reason === undefined ? "" : hear(reason));

function leastOf({ partitions }: Picture, one: PicturedPartition): number {
  if (one.role !== "extended") return one.least;
  const ends = partitions.filter(({ role }) => role === "logical").map(endOf);
  return Math.max(MIB, ...ends.map((end) => end - one.start));
}

/** Between its neighbours. A logical partition has its boot record before it, and stays in the extended one. */
export function roomAround({ tableType, size, sectorSize, partitions }: Picture, one: PicturedPartition): Extent {
  const isLogical = one.role === "logical";
  const peers = partitions.filter((other) => other !== one && (other.role === "logical") === isLogical);
  const extended = partitions.find(({ role }) => role === "extended");
  const outer =
    isLogical && extended ? extentOf(extended) : usableOf(tableType === "gpt" ? "gpt" : "mbr", size, sectorSize);
  const record = isLogical ? MIB : 0;
  const before = peers.filter(({ start }) => start < one.start).map(endOf);
  const behind = peers.filter(({ start }) => start > one.start).map(({ start }) => start - record);
  const first = Math.max(outer.start, ...before) + record;
  return {
    start: isLogical ? Math.min(first, one.start) : Math.max(first, Math.min(MIB, one.start)),
    end: Math.min(outer.end, ...behind),
  };
}

function refuse({ number, usedBy }: PicturedPartition, what: "move" | "resize"): void {
  const [use] = usedBy;
  if (use) throw editInvalid(say(`cannot.${what}-used`, { number, use }));
}
