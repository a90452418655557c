import { usableOf } from "#imaging/disk/build-table.ts";
import { MIB } from "#imaging/layout/layout.ts";
import { endOf, type Picture, type PicturedPartition } from "#imaging/partition/picture.ts";

const RECORDS = 4;

/** Why a table of this kind cannot hold the partitions where they lie. */
export function isPossibleInPlace(
  { size, sectorSize }: Picture,
  real: readonly PicturedPartition[],
  tableType: "gpt" | "mbr",
): string | undefined {
  const usable = usableOf(tableType, size, sectorSize);
  const outside = real.find((one) => one.start < usable.start || endOf(one) > usable.end);
  if (outside) return `partition ${outside.number} lies where the new table has to be, or beyond what it can say`;
  if (tableType === "gpt" || real.length <= RECORDS) return undefined;
  const tight = real
    .slice(RECORDS - 1)
    .find((one, i) => one.start - endOf(real[RECORDS - 2 + i] as PicturedPartition) < sectorSize);
  return tight
    ? `there is no free sector before partition ${tight.number} for the record of a logical partition`
    : undefined;
}

/** The first three stay primary; the others become logical, in an extended partition made around them. */
export function rolesInPlace(real: readonly PicturedPartition[]): PicturedPartition[] {
  if (real.length <= RECORDS) return real.map((one, i) => ({ ...one, number: i + 1, role: "primary" }));
  const primary = real
    .slice(0, RECORDS - 1)
    .map((one, i): PicturedPartition => ({ ...one, number: i + 1, role: "primary" }));
  const logical = real.slice(RECORDS - 1).map((one): PicturedPartition => ({ ...one, role: "logical", active: false }));
  const [first, last] = [logical[0], logical.at(-1)] as [PicturedPartition, PicturedPartition];
  const start = Math.max(endOf(primary.at(-1) as PicturedPartition), first.start - MIB);
  const size = endOf(last) - start;
  const extended: PicturedPartition = {
    ...{ number: RECORDS, start, size, type: "0x0f", role: "extended", active: false, attributes: "0x0" },
    ...{ least: size, most: size, usedBy: [] },
  };
  return [...primary, extended, ...logical];
}
