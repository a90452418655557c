import type { Edit, EditedPartition } from "#rescue/api/contract.ts";
import type { Hold } from "#ui/disk/disk-bar.tsx";
import { MIB, roundDownMib, roundUpMib } from "#ui/parts/size.ts";

/** Where a partition lies. Bytes. */
export interface Place {
  readonly start: number;
  readonly size: number;
}

const between = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** How small and large it may become by its end: within its neighbours and what its file system allows. Whole MiB, except where it is so already. */
export function sizesOf({ start, size, room, least = MIB, most = room.end }: EditedPartition): [number, number] {
  const lowest = Math.min(size, roundUpMib(least));
  const end = roundDownMib(room.end);
  return [lowest, Math.max(lowest, Math.min(roundDownMib(most), end - start))];
}

/** Where it may start, as it is. */
export function startsOf({ start, size, room }: EditedPartition): [number, number] {
  return [Math.min(start, roundUpMib(room.start)), Math.max(start, roundDownMib(room.end - size))];
}

/** A partition after the pointer went `by` bytes: its ends stay in its room, on whole MiB. Pure. */
export function dragged(one: EditedPartition, hold: Hold, by: number): Place {
  const { start, size } = one;
  if (hold === "body") {
    const [first, last] = startsOf(one);
    return { start: between(nearestMib(start + by), first, last), size };
  }
  const [least, most] = sizesOf(one);
  if (hold === "end") return { start, size: between(nearestMib(start + size + by) - start, least, most) };
  const end = start + size;
  const furthest = Math.min(start, roundUpMib(one.room.start));
  const first = Math.max(furthest, end - Math.max(size, roundDownMib(one.most ?? end)));
  const moved = between(nearestMib(start + by), first, end - least);
  return { start: moved, size: end - moved };
}

const nearestMib = (bytes: number): number => Math.round(bytes / MIB) * MIB;

/** The operations that bring a partition of the disk to a place: it is made small before it moves, and large behind that. */
export function editsTo({ number, start, size }: EditedPartition, to: Place): Edit[] {
  const move: Edit[] = to.start === start ? [] : [{ op: "move", number, start: to.start }];
  const resize: Edit[] = to.size === size ? [] : [{ op: "resize", number, size: to.size }];
  return to.size < size ? [...resize, ...move] : [...move, ...resize];
}
