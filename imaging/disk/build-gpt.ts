import { crc32 } from "node:zlib";
import { type GptHeader, gptEntry, gptHeader, LEGACY_BOOTABLE, PRIMARY_LBA, withGptHeader } from "#imaging/disk/gpt.ts";
import { withMbrEntry } from "#imaging/disk/mbr.ts";
import type { Partition, TableWrite } from "#imaging/disk/partition.ts";
import { protectiveRecord } from "#imaging/disk/place-gpt.ts";
import { sectorCount } from "#imaging/disk/sectors.ts";
import {
  entriesSectorsOf,
  GPT_ENTRIES,
  GPT_ENTRY_BYTES,
  type TableDesign,
  usableOf,
} from "#imaging/disk/table-design.ts";

/** The writes of a checked design, backup first and the protective MBR last (UEFI 2.10, 5.3). */
export function buildGpt(design: TableDesign): TableWrite[] {
  const { size, sectorSize } = design;
  const last = sectorCount(size, sectorSize) - 1;
  const entries = entriesOf(design);
  const [primaryEntries, backupEntries] = [PRIMARY_LBA + 1, last - entriesSectorsOf(sectorSize)];
  const header = (myLba: number, alternateLba: number, entriesLba: number) =>
    headerOf(design, entries, { myLba, alternateLba, entriesLba });
  const write = (lba: number, bytes: Uint8Array<ArrayBuffer>, what: string) => ({
    offset: lba * sectorSize,
    bytes,
    what,
  });
  return [
    write(backupEntries, entries, "backup GPT entries"),
    write(last, header(last, PRIMARY_LBA, backupEntries), "backup GPT header"),
    write(primaryEntries, entries, "primary GPT entries"),
    write(PRIMARY_LBA, header(PRIMARY_LBA, last, primaryEntries), "primary GPT header"),
    write(0, protectiveMbr(design), "protective MBR"),
  ];
}

/** The array of both copies, whole sectors; the entry of a partition is the one of its number. */
function entriesOf({ partitions, sectorSize }: TableDesign): Uint8Array<ArrayBuffer> {
  const entries = new Uint8Array(GPT_ENTRIES * GPT_ENTRY_BYTES);
  for (const p of partitions) entries.set(entryOf(p, sectorSize), (p.number - 1) * GPT_ENTRY_BYTES);
  return entries;
}

const entryOf = (p: Partition, sectorSize: number): Uint8Array<ArrayBuffer> =>
  gptEntry.serialise({
    type: p.type,
    guid: p.guid ?? "",
    firstLba: p.start / sectorSize,
    lastLba: (p.start + p.size) / sectorSize - 1,
    attributes: BigInt(p.attributes) | (p.active ? LEGACY_BOOTABLE : 0n),
    name: cutName(p.name ?? ""),
  });

/** The first 36 UTF-16 units of a name, and one less where they would end with half of a character. */
function cutName(name: string): string {
  const most = gptEntry.fields.name.size / 2;
  if (name.length <= most) return name;
  const splits = /[\ud800-\udbff]/.test(name.charAt(most - 1)) && /[\udc00-\udfff]/.test(name.charAt(most));
  return name.slice(0, splits ? most - 1 : most);
}

type Places = Pick<GptHeader, "myLba" | "alternateLba" | "entriesLba">;

function headerOf(design: TableDesign, entries: Uint8Array, places: Places): Uint8Array<ArrayBuffer> {
  const { size, sectorSize, diskId = "" } = design;
  const usable = usableOf("gpt", size, sectorSize);
  const sector = new Uint8Array(sectorSize);
  const fields: GptHeader = {
    signature: "EFI PART",
    revision: 0x00010000,
    headerSize: gptHeader.size,
    headerCrc32: 0,
    reserved: 0,
    ...places,
    firstUsableLba: usable.start / sectorSize,
    lastUsableLba: usable.end / sectorSize - 1,
    diskGuid: diskId,
    entryCount: GPT_ENTRIES,
    entrySize: GPT_ENTRY_BYTES,
    entriesCrc32: crc32(entries),
  };
  sector.set(gptHeader.serialise(fields));
  return withGptHeader(sector, {});
}

function protectiveMbr({ size, sectorSize, bootCode }: TableDesign): Uint8Array<ArrayBuffer> {
  const sector = new Uint8Array(sectorSize);
  if (bootCode) sector.set(bootCode);
  return withMbrEntry(sector, 0, protectiveRecord(sectorCount(size, sectorSize)));
}
