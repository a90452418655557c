import { checkAreas } from "#imaging/volume/lvm/areas.ts";
import { FreeExtents } from "#imaging/volume/lvm/free-extents.ts";
import type { Group, LogicalVolume, Segment } from "#imaging/volume/lvm/group.ts";

/** Extents of a logical volume. */
export interface ExtentRange {
  readonly start: number;
  readonly count: number;
}

export interface Reallocation {
  readonly group: Group;
  /** By the volume's name, what of it lay elsewhere before. */
  readonly moved: ReadonlyMap<string, readonly ExtentRange[]>;
}

/** Extents of a volume that follow one another on the physical volume too. */
interface Piece {
  readonly count: number;
  /** Where they lie; undefined: nowhere yet. */
  readonly first: number | undefined;
  readonly hadPlace: boolean;
}

/** Striped volumes keep their segments and their places. */
export const isLinear = ({ segments }: LogicalVolume): boolean => segments.every(({ areas }) => areas.length === 1);

/**
 * A group whose physical volume has another size, and its volumes others: as if lvreduce, pvmove, pvresize and lvextend had
 * been at work. What can stay lies where it did; what is behind the new end, and what is added, goes to free extents.
 * @param counts extents of the volumes, by name; of those that it does not name nothing changes
 * @param extents of the physical volume
 * @throws RangeError when it cannot be, which the limits of its layer exclude
 */
export function reallocate(
  group: Group,
  counts: ReadonlyMap<string, number>,
  { extents, size }: { extents: number; size: number },
): Reallocation {
  const plans = group.lvs.map((lv) => ({ lv, pieces: piecesOf(lv, counts.get(lv.name), extents) }));
  const free = new FreeExtents(extents);
  for (const { lv, pieces } of plans) {
    if (pieces) for (const { first, count } of pieces) free.reserve(first, count);
    if (!pieces || !isLinear(lv)) reserveAreas(free, group, lv);
  }
  const moved = new Map<string, readonly ExtentRange[]>();
  const lvs = plans.map(({ lv, pieces }) => {
    if (!pieces) return lv;
    const kept = isLinear(lv) ? [] : lv.segments;
    const placed = place(pieces, free, kept);
    moved.set(lv.name, placed.moved);
    return { ...lv, segments: [...kept, ...segmentsOf(placed.pieces, group.pv.key, lengthOf(kept))] };
  });
  const changed = { ...group, lvs, pv: { ...group.pv, extents, size: group.pv.size === 0 ? 0 : size } };
  checkAreas(changed);
  return { group: changed, moved };
}

const lengthOf = (segments: readonly Segment[]): number => segments.reduce((sum, { count }) => sum + count, 0);

/** Of a striped volume only what is added. @returns undefined for what stays as it is */
function piecesOf(lv: LogicalVolume, wanted: number | undefined, extents: number): Piece[] | undefined {
  if (wanted === undefined) return undefined;
  const before = lengthOf(lv.segments);
  const added: Piece = { count: Math.max(0, wanted - before), first: undefined, hadPlace: false };
  if (!isLinear(lv) && wanted < before) throw new RangeError(`${lv.name} is striped, and keeps its size`);
  const pieces = isLinear(lv) ? lv.segments.flatMap((segment) => cut(segment, wanted, extents)) : [];
  return [...pieces, added].filter(({ count }) => count > 0);
}

/** What of a segment lies before the new end of its volume, in two where the physical volume's new end is in it. */
function cut({ start, count, areas }: Segment, wanted: number, extents: number): Piece[] {
  const first = areas[0]?.first ?? 0;
  const left = Math.min(count, Math.max(0, wanted - start));
  const stays = Math.min(left, Math.max(0, extents - first));
  return [
    { count: stays, first, hadPlace: true },
    { count: left - stays, first: undefined, hadPlace: true },
  ];
}

function reserveAreas(free: FreeExtents, { pv }: Group, { segments }: LogicalVolume): void {
  for (const { areas, count } of segments)
    for (const { name, first } of areas) if (name === pv.key) free.reserve(first, count / areas.length);
}

/** Gives a place to what has none. @param before segments that come first, and stay */
function place(
  pieces: readonly Piece[],
  free: FreeExtents,
  before: readonly Segment[],
): { pieces: (Piece & { first: number })[]; moved: ExtentRange[] } {
  const placed: (Piece & { first: number })[] = [];
  const moved: ExtentRange[] = [];
  let at = lengthOf(before);
  for (const piece of pieces) {
    const last = placed.at(-1);
    if (piece.first !== undefined) placed.push({ ...piece, first: piece.first });
    else {
      for (const { first, count } of free.take(piece.count, last && last.first + last.count))
        placed.push({ ...piece, first, count });
      if (piece.hadPlace) moved.push({ start: at, count: piece.count });
    }
    at += piece.count;
  }
  return { pieces: placed, moved };
}

/** One for all pieces that follow one another. */
function segmentsOf(pieces: readonly { first: number; count: number }[], pv: string, from: number): Segment[] {
  const joined: { first: number; count: number }[] = [];
  for (const { first, count } of pieces) {
    const last = joined.at(-1);
    if (last && last.first + last.count === first) last.count += count;
    else joined.push({ first, count });
  }
  let start = from;
  return joined.map(({ first, count }) => {
    start += count;
    const areas = [{ name: pv, first }];
    return { start: start - count, count, type: "striped", stripeSize: 0, areas, texts: [pv], store: undefined };
  });
}
