import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import { say } from "#imaging/words/say.ts";

const MOST_ON_GPT = 128;
const PRIMARIES = 4;

export interface Numbered {
  readonly wished: number | undefined;
  /** In the image. */
  readonly source: number;
  readonly role: "primary" | "logical";
}

/**
 * Numbers as they were, wherever the table allows it: systems name partitions by number still. Logical ones are counted
 * from 5 on, in their order.
 * @returns the numbers, and that of the extended partition when one is needed
 * @throws LAYOUT_INVALID
 */
export function numberPartitions(
  tableType: "gpt" | "mbr",
  partitions: readonly Numbered[],
  extendedBefore: number | undefined,
): { numbers: number[]; extended: number | undefined } {
  const most = tableType === "gpt" ? MOST_ON_GPT : PRIMARIES;
  const taken = new Set<number>();
  const numbers = partitions.map(() => 0);
  const take = (i: number, number: number) => {
    taken.add(number);
    numbers[i] = number;
  };
  const counted = partitions.map(({ role }) => tableType === "gpt" || role === "primary");
  for (const [i, { wished }] of partitions.entries()) {
    if (wished === undefined || !counted[i]) continue;
    if (wished > most) throw layoutInvalid(say("cannot.layout-number", { number: wished, count: most }));
    if (taken.has(wished)) throw layoutInvalid(say("cannot.layout-number-twice", { number: wished }));
    take(i, wished);
  }
  for (const [i, { source }] of partitions.entries())
    if (counted[i] && numbers[i] === 0 && source >= 1 && source <= most && !taken.has(source)) take(i, source);
  // The record of the extended partition is taken before those that have to change theirs anyway.
  const hasLogical = counted.includes(false);
  const extended = hasLogical ? freeNumber(taken, most, extendedBefore) : undefined;
  if (extended !== undefined) taken.add(extended);
  for (const i of partitions.keys()) if (counted[i] && numbers[i] === 0) take(i, freeNumber(taken, most));
  let logical = PRIMARIES + 1;
  for (const i of partitions.keys()) if (!counted[i]) numbers[i] = logical++;
  return { numbers, extended };
}

function freeNumber(taken: ReadonlySet<number>, most: number, wanted?: number): number {
  if (wanted !== undefined && !taken.has(wanted)) return wanted;
  for (let number = 1; number <= most; number++) if (!taken.has(number)) return number;
  throw layoutInvalid(say("cannot.layout-full", { count: most }));
}
