import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import { chs, type MbrEntry, mbr, withMbrEntry, withMbrSignature } from "#imaging/disk/mbr.ts";
import type { Partition, TableWrite } from "#imaging/disk/partition.ts";
import type { TableDesign } from "#imaging/disk/table-design.ts";
import { say } from "#imaging/words/say.ts";

/** Tools align partitions to 1 MiB, and so keep that much before each logical one for its record. */
const RECORD_ROOM = 1024 * 1024;
/** Of the record of the next link; every tool uses this one, whatever the type of the extended partition is. */
const TYPE_LINK = 0x05;

/** The writes of a checked design: extended boot records in the order of their chain, sector 0 last. */
export function buildMbr(design: TableDesign): TableWrite[] {
  const { partitions, sectorSize, diskId = "0", bootCode } = design;
  let sector = new Uint8Array(sectorSize);
  if (bootCode) sector.set(bootCode);
  const { diskSignature } = mbr.fields;
  diskSignature.write(new DataView(sector.buffer), diskSignature.at, Number.parseInt(diskId, 16));
  sector = withMbrSignature(sector);
  for (const p of partitions)
    if (p.role !== "logical") sector = withMbrEntry(sector, p.number - 1, recordOf(p, 0, sectorSize));
  return [...buildChain(design), { offset: 0, bytes: sector, what: "MBR" }];
}

/** @param base bytes to which the record's start is relative */
const recordOf = (p: Partition, base: number, sectorSize: number): MbrEntry => ({
  bootIndicator: p.active ? 0x80 : 0,
  type: Number(p.type),
  ...placeOf(p.start, p.start + p.size, base, sectorSize),
});

/** Cylinders, heads and sectors count from the start of the disk even where the LBA does not, as fdisk has them. */
const placeOf = (start: number, end: number, base: number, sectorSize: number) => ({
  startChs: chs(start / sectorSize),
  endChs: chs(end / sectorSize - 1),
  startLba: (start - base) / sectorSize,
  sizeLba: (end - start) / sectorSize,
});

/** An extended boot record to be made. */
interface Link {
  /** Bytes. */
  readonly at: number;
  readonly partition: Partition;
}

/** Linux, block/partitions/msdos.c, parse_extended. An extended partition without logical ones has an empty record. */
function buildChain({ partitions, sectorSize }: TableDesign): TableWrite[] {
  const extended = partitions.find((p) => p.role === "extended");
  if (extended === undefined) return [];
  const links = placeLinks(extended, partitions);
  if (links.length === 0) {
    const what = `empty EBR at LBA ${extended.start / sectorSize}`;
    return [{ offset: extended.start, bytes: withMbrSignature(new Uint8Array(sectorSize)), what }];
  }
  return links.map(({ at, partition }, i) => {
    const sector = withMbrEntry(new Uint8Array(sectorSize), 0, recordOf(partition, at, sectorSize));
    const next = links[i + 1];
    const bytes = next === undefined ? sector : withMbrEntry(sector, 1, linkTo(next, extended.start, sectorSize));
    return { offset: at, bytes, what: `EBR of partition ${partition.number}` };
  });
}

/** A link covers the next record and its logical partition, and is relative to the extended partition. */
const linkTo = ({ at, partition }: Link, base: number, sectorSize: number): MbrEntry => ({
  bootIndicator: 0,
  type: TYPE_LINK,
  ...placeOf(at, partition.start + partition.size, base, sectorSize),
});

/**
 * The first record is where the extended partition starts; the others 1 MiB before their partitions, as parted and
 * fdisk have them on aligned disks, or else right behind the partition before: the records between partitions that
 * are kept where they were may have less room than that.
 * @throws LAYOUT_INVALID when there is no sector between two partitions
 */
function placeLinks(extended: Partition, partitions: readonly Partition[]): Link[] {
  const links: Link[] = [];
  let free = extended.start;
  for (const partition of partitions.filter((p) => p.role === "logical").toSorted((a, b) => a.start - b.start)) {
    const at = links.length === 0 ? free : Math.max(free, partition.start - RECORD_ROOM);
    if (at >= partition.start) throw layoutInvalid(say("cannot.layout-record", { number: partition.number }));
    links.push({ at, partition });
    free = partition.start + partition.size;
  }
  return links;
}
