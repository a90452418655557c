import { type Extent, ExtentList } from "#imaging/extent.ts";
import { roundDown, roundUp } from "#imaging/layout/layout.ts";
import { LOG_UNIT } from "#imaging/partition/resize/change-log.ts";

/** The description of a log has to name them all. */
const MOST_EXTENTS = 2000;

/**
 * Room for a log in what nobody uses: the largest places first, so that they are few. @param room bytes of the disk, in
 * order @param used of the same, before and after the change @returns in disk order; undefined where there is not enough
 */
export function logSpace(
  room: readonly Extent[],
  used: readonly Iterable<Extent>[],
  bytes: number,
): Extent[] | undefined {
  const free = [...ExtentList.union([room]).subtract(ExtentList.union(used))]
    .map(({ start, end }) => ({ start: roundUp(start, LOG_UNIT), end: roundDown(end, LOG_UNIT) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const taken: Extent[] = [];
  let need = bytes;
  for (const { start, end } of free.slice(0, MOST_EXTENTS)) {
    if (need <= 0) break;
    taken.push({ start, end: Math.min(end, start + need) });
    need -= end - start;
  }
  return need > 0 ? undefined : taken.sort((a, b) => a.start - b.start);
}
