import { type Extent, ExtentList } from "#imaging/extent.ts";

/** How much depends on an area: where there is no room for all, the first ones are saved. */
export const RANK = {
  /** Tables, boot areas, the ends of the disk. */
  table: 0,
  /** The ends of each volume, headers and metadata of containers. */
  header: 1,
  /** What the restore clears inside of old volumes. */
  cleared: 2,
  /** Superblocks, their copies and what file systems begin with. */
  filesystem: 3,
  /** More of the start of each volume. */
  start: 4,
  /** All else that is in use and is overwritten, where that is little. */
  content: 5,
} as const;

/** Something of a disk that is worth to be saved, in plain words. */
export interface UndoArea {
  readonly text: string;
  readonly rank: number;
  readonly extents: readonly Extent[];
}

/** What of the areas is saved. */
export interface ChosenAreas {
  /** In order, in whole blocks. */
  readonly extents: ExtentList;
  /** By area, without what another one has saved already. */
  readonly chosen: readonly { readonly text: string; readonly extents: ExtentList }[];
  readonly leftOut: readonly string[];
}

/** Sectors of any disk are no larger. */
const BLOCK = 4096;

/** The areas in the order of their ranks, as far as `mostBytes` reach. @param size of the disk */
export function chooseAreas(areas: readonly UndoArea[], size: number, mostBytes: number): ChosenAreas {
  let extents = new ExtentList();
  let room = mostBytes;
  const chosen: { text: string; extents: ExtentList }[] = [];
  const leftOut: string[] = [];
  for (const area of areas.toSorted((a, b) => a.rank - b.rank)) {
    const more = ExtentList.union([wholeBlocks(area.extents, size)]).subtract(extents);
    const fitting = firstBytes(more, room);
    if (fitting.bytes < more.bytes) leftOut.push(area.text);
    if (fitting.bytes === 0) continue;
    room -= fitting.bytes;
    chosen.push({ text: area.text, extents: fitting });
    extents = ExtentList.merge([extents, fitting]);
  }
  return { extents, chosen, leftOut };
}

const wholeBlocks = (extents: readonly Extent[], size: number): Extent[] =>
  extents
    .map(({ start, end }) => ({
      start: Math.floor(Math.max(0, start) / BLOCK) * BLOCK,
      end: Math.min(Math.ceil(end / BLOCK) * BLOCK, size),
    }))
    .filter(({ start, end }) => start < end);

function firstBytes(extents: ExtentList, most: number): ExtentList {
  if (extents.bytes <= most) return extents;
  const first = new ExtentList();
  let left = Math.floor(most / BLOCK) * BLOCK;
  for (const { start, end } of extents) {
    const take = Math.min(left, end - start);
    first.add(start, start + take);
    left -= take;
  }
  return first;
}

/** What is in both. */
export const common = (a: ExtentList, b: ExtentList): ExtentList => a.subtract(a.subtract(b));
