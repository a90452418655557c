import type { Partition, PartitionTable } from "#imaging/disk/partition.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";

/** Boards keep firmware in the first MiBs; past this there is free space and not a boot loader. */
const GAP_LIMIT = 16 * 1024 * 1024;
/** LDM keeps its database in the last MiB of an MBR disk; md 0.90 and 1.0, IMSM and DDF end there too. */
const END_BYTES = 1024 * 1024;

/**
 * Byte ranges outside every partition and outside the table itself that belong into an image, in order, because
 * boot loaders live there without any table naming them:
 * - before the first partition: GRUB's core.img behind an MBR (from LBA 1), other legacy boot managers, and the
 *   firmware that ARM and RISC-V boards load from fixed sectors such as 16 or 64. At most 16 MiB;
 * - between each extended boot record and its logical partition: the rest of that track, where boot code of a
 *   chained loader may stand just as behind the MBR. At most 16 MiB each.
 * Free space between partitions holds nothing that starts a system, so it is left out; for the end see endOfDisk.
 */
export function bootGaps(table: PartitionTable, diskSize: number): Extent[] {
  if (table.type === "none") return [];
  const firstStart = table.partitions.reduce((least, p) => Math.min(least, p.start), diskSize);
  const taken = occupied(table);
  const gaps = [{ start: 0, end: firstStart }, ...logicalGaps(table, diskSize)].flatMap((gap) =>
    limit(subtract(gap, taken), GAP_LIMIT),
  );
  return [...ExtentList.of(gaps.toSorted((a, b) => a.start - b.start))];
}

/**
 * What of the last MiB of a disk lies outside of its partitions, table and boot gaps, in order: volume managers and
 * fake RAID keep their metadata there when they are given a whole disk that has a partition table. The place of a
 * GPT's backup is never a part, even where the source has none there: a restore writes the new backup to it.
 */
export function endOfDisk(table: PartitionTable, diskSize: number): Extent[] {
  if (table.type === "none") return [];
  const last = { start: Math.max(0, diskSize - END_BYTES), end: diskSize };
  const taken = [...occupied(table), ...bootGaps(table, diskSize), ...backupPlace(table, diskSize)];
  return subtract(last, taken);
}

/** Metadata and partitions. Logical partitions stand for the extended one that holds them. */
const occupied = (table: PartitionTable): Extent[] => [
  ...table.metadata,
  ...table.partitions.filter((p) => p.role !== "extended").map((p) => ({ start: p.start, end: p.start + p.size })),
];

function backupPlace({ state, sectorSize }: PartitionTable, diskSize: number): Extent[] {
  if (state?.kind !== "gpt") return [];
  const header = (Math.floor(diskSize / sectorSize) - 1) * sectorSize;
  return [{ start: header - state.primary.entries.length, end: diskSize }];
}

function logicalGaps(table: PartitionTable, diskSize: number): Extent[] {
  if (table.state?.kind !== "mbr") return [];
  const byNumber = new Map<number, Partition>(table.partitions.map((p) => [p.number, p]));
  return table.state.ebrs.flatMap(({ lba, partitions }) => {
    const start = (lba + 1) * table.sectorSize;
    const starts = partitions.map((n) => byNumber.get(n)?.start ?? 0);
    return starts.map((end) => ({ start, end: Math.min(end, diskSize) }));
  });
}

function subtract(from: Extent, taken: readonly Extent[]): Extent[] {
  const rest: Extent[] = [];
  let at = from.start;
  for (const { start, end } of taken.toSorted((a, b) => a.start - b.start)) {
    if (start >= from.end) break;
    if (start > at) rest.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < from.end) rest.push({ start: at, end: from.end });
  return rest;
}

function limit(extents: readonly Extent[], bytes: number): Extent[] {
  let left = bytes;
  return extents.flatMap(({ start, end }) => {
    const take = Math.min(left, end - start);
    left -= take;
    return take > 0 ? [{ start, end: start + take }] : [];
  });
}
