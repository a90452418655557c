import type { Partition, PartitionTable, TableProblem } from "#imaging/disk/partition.ts";
import { tableWords } from "#imaging/words/table-words.ts";

type Laid = Pick<PartitionTable, "partitions" | "metadata" | "sectorSize">;

/** How the partitions lie to one another, to the table and to the end of the disk. Placing keeps all of it. */
export function layoutProblems(table: Laid, diskSize: number): TableProblem[] {
  const { partitions } = table;
  return [
    ...partitions.flatMap((p) => beyondEnd(p, table, diskSize)),
    ...partitions.flatMap((p) => overTable(p, table)),
    ...overlaps(
      partitions.filter((p) => p.role !== "logical"),
      table.sectorSize,
    ),
    ...overlaps(
      partitions.filter((p) => p.role === "logical"),
      table.sectorSize,
    ),
    ...outsideExtended(table),
  ];
}

const end = (p: Partition) => p.start + p.size;

function beyondEnd(p: Partition, { sectorSize }: Laid, diskSize: number): TableProblem[] {
  const lbas = Math.floor(diskSize / sectorSize);
  if (end(p) <= lbas * sectorSize) return [];
  const last = end(p) / sectorSize - 1;
  return [
    {
      code: "PARTITION_BEYOND_END",
      text: tableWords["table.beyond-end"]({ number: p.number, lba: last, last: lbas - 1 }),
    },
  ];
}

function overTable(p: Partition, { metadata, sectorSize }: Laid): TableProblem[] {
  // An extended partition is made of boot records; only sector 0 is foreign to it. In `metadata` a record in LBA 1 is
  // one extent with it.
  const tables = p.role === "extended" ? [{ start: 0, end: sectorSize }] : metadata;
  const hit = tables.find((m) => p.start < m.end && m.start < end(p));
  if (hit === undefined) return [];
  const lba = Math.max(hit.start, p.start) / sectorSize;
  return [{ code: "PARTITION_OVER_TABLE", text: tableWords["table.over-table"]({ number: p.number, lba }) }];
}

function overlaps(partitions: readonly Partition[], sectorSize: number): TableProblem[] {
  const problems: TableProblem[] = [];
  let reaching: Partition | undefined;
  for (const p of partitions.toSorted((a, b) => a.start - b.start)) {
    if (reaching !== undefined && p.start < end(reaching)) {
      const text = tableWords["table.overlap"]({ number: reaching.number, other: p.number, lba: p.start / sectorSize });
      problems.push({ code: "PARTITIONS_OVERLAP", text });
    }
    if (reaching === undefined || end(p) > end(reaching)) reaching = p;
  }
  return problems;
}

function outsideExtended({ partitions, sectorSize }: Laid): TableProblem[] {
  const extended = partitions.filter((p) => p.role === "extended");
  const inside = (p: Partition) => extended.some((e) => p.start >= e.start && end(p) <= end(e));
  return partitions
    .filter((p) => p.role === "logical" && !inside(p))
    .map((p) => ({
      code: "LOGICAL_OUTSIDE_EXTENDED",
      text: tableWords["table.outside-extended"]({ number: p.number, lba: p.start / sectorSize }),
    }));
}
