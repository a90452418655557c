import { crc32 } from "node:zlib";
import { isLifeboatError } from "#base/errors.ts";
import { at, bits64, guid, type Infer, magic, struct, u32, u64, utf16 } from "#base/struct.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { GptCopy, Partition } from "#imaging/disk/partition.ts";
import { sectorCount, tryReadSectors } from "#imaging/disk/sectors.ts";
import { tableWords } from "#imaging/words/table-words.ts";

/** LBA 1, and again in the last LBA with `myLba` and `alternateLba` exchanged. */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const gptHeader = struct("GptHeader", "UEFI 2.10, 5.3.2, table 5-5", 92, {
  signature:      at(0,  magic("EFI PART"), "identifies a GPT header"),
  revision:       at(8,  u32,  "0x00010000 for version 1.0"),
  headerSize:     at(12, u32,  "bytes that headerCrc32 covers, 92 to one sector"),
  headerCrc32:    at(16, u32,  "CRC-32 of the header with this field zero"),
  reserved:       at(20, u32,  "zero"),
  myLba:          at(24, u64,  "LBA that holds this header"),
  alternateLba:   at(32, u64,  "LBA that holds the other header"),
  firstUsableLba: at(40, u64,  "first LBA that a partition may use"),
  lastUsableLba:  at(48, u64,  "last LBA that a partition may use"),
  diskGuid:       at(56, guid, "identifies the disk"),
  entriesLba:     at(72, u64,  "first LBA of this copy's array of entries"),
  entryCount:     at(80, u32,  "number of entries, used or not"),
  entrySize:      at(84, u32,  "bytes of one entry: 128 · 2^n"),
  entriesCrc32:   at(88, u32,  "CRC-32 of entryCount · entrySize bytes"),
});
export type GptHeader = Infer<typeof gptHeader>;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const gptEntry = struct("GptEntry", "UEFI 2.10, 5.3.3, table 5-6", 128, {
  type:       at(0,  guid,      "partition type; all zero marks an unused entry"),
  guid:       at(16, guid,      "identifies the partition"),
  firstLba:   at(32, u64,       "first LBA"),
  lastLba:    at(40, u64,       "last LBA, inclusive"),
  attributes: at(48, bits64,    "bit 0 required, 1 no block IO, 2 legacy BIOS bootable, 48 to 63 by type"),
  name:       at(56, utf16(72), "label for people"),
});
export type GptEntry = Infer<typeof gptEntry>;

export const PRIMARY_LBA = 1;
export const LEGACY_BOOTABLE = 4n;
/** 128 Ki entries of 128 bytes: more than any tool makes, and small enough to read from a damaged disk. */
const MAX_ENTRIES_BYTES = 16 * 1024 * 1024;

/** Why a copy of the GPT cannot be used. */
export interface GptDamage {
  readonly problem: string;
}
export interface ReadGptCopy extends GptCopy {
  readonly fields: GptHeader;
  readonly partitions: readonly Partition[];
  /** Numbers of the used entries whose end lies before their start. */
  readonly invalid: readonly number[];
}
export const isGptDamage = (copy: ReadGptCopy | GptDamage): copy is GptDamage => "problem" in copy;

/** CRC-32 of the header in this sector over as many bytes as it says, its own field taken as zero. */
export function gptHeaderCrc(sector: Uint8Array, headerSize: number): number {
  const covered = sector.slice(0, headerSize);
  covered.fill(0, gptHeader.fields.headerCrc32.at, gptHeader.fields.headerCrc32.at + 4);
  return crc32(covered);
}

export const entriesBytes = (h: GptHeader): number => h.entryCount * h.entrySize;
export const entriesSectors = (h: GptHeader, sectorSize: number): number => Math.ceil(entriesBytes(h) / sectorSize);

/** What is wrong with the header of `lba`, or undefined. */
export function verifyGptHeader(h: GptHeader, sector: Uint8Array, lba: number, lbas: number): string | undefined {
  if (h.headerSize < gptHeader.size || h.headerSize > sector.length)
    return tableWords["table.header-size"]({ bytes: h.headerSize });
  if (gptHeaderCrc(sector, h.headerSize) !== h.headerCrc32) return tableWords["table.checksum"];
  if (h.myLba !== lba) return tableWords["table.says-lba"]({ lba: h.myLba });
  const scale = h.entrySize / gptEntry.size;
  if (!Number.isInteger(Math.log2(scale)) || scale < 1) return tableWords["table.entry-size"]({ bytes: h.entrySize });
  if (h.entryCount === 0 || entriesBytes(h) > MAX_ENTRIES_BYTES)
    return tableWords["table.entry-count"]({ entries: h.entryCount });
  if (h.entriesLba <= PRIMARY_LBA || h.entriesLba >= lbas) return tableWords["table.entries-at"]({ lba: h.entriesLba });
  if (h.firstUsableLba <= PRIMARY_LBA || h.firstUsableLba > h.lastUsableLba)
    return tableWords["table.usable"]({ lba: h.firstUsableLba, last: h.lastUsableLba });
  return undefined;
}

/** The header fields of a sector, or why they cannot be read. */
export function parseGptHeader(sector: Uint8Array): GptHeader | GptDamage {
  try {
    return gptHeader.parse(sector);
  } catch (error) {
    if (isLifeboatError(error, "STRUCT_BAD_VALUE")) {
      const { field, found } = error.details;
      return { problem: field === "signature" ? tableWords["table.no-header"] : `${field} is ${found}` };
    }
    throw error;
  }
}

/** Reads and verifies the copy whose header is at `lba`. */
export async function readGptCopy(device: ReadableDevice, lba: number): Promise<ReadGptCopy | GptDamage> {
  const lbas = sectorCount(device.size, device.sectorSize);
  const header = await tryReadSectors(device, lba, 1);
  if (header === undefined)
    return { problem: lba >= lbas ? tableWords["table.disk-ends"] : tableWords["table.header-unread"] };
  const fields = parseGptHeader(header);
  if ("problem" in fields) return fields;
  const wrong = verifyGptHeader(fields, header, lba, lbas);
  if (wrong !== undefined) return { problem: wrong };
  const entries = await tryReadSectors(device, fields.entriesLba, entriesSectors(fields, device.sectorSize));
  if (entries === undefined) return { problem: tableWords["table.entries-unread"]({ lba: fields.entriesLba }) };
  if (crc32(entries.subarray(0, entriesBytes(fields))) !== fields.entriesCrc32)
    return { problem: tableWords["table.entries-checksum"]({ lba: fields.entriesLba }) };
  const parsed = parseEntries(fields, entries, device.sectorSize);
  if ("problem" in parsed) return parsed;
  return { headerLba: lba, entriesLba: fields.entriesLba, header, entries, fields, ...parsed };
}

function parseEntries(
  h: GptHeader,
  entries: Uint8Array,
  sectorSize: number,
): { partitions: Partition[]; invalid: number[] } | GptDamage {
  const partitions: Partition[] = [];
  const invalid: number[] = [];
  for (let i = 0; i < h.entryCount; i++) {
    const raw = entries.subarray(i * h.entrySize, i * h.entrySize + gptEntry.size);
    if (isUnused(raw)) continue;
    const entry = parseEntry(raw);
    if (entry === undefined || (entry.lastLba + 1) * sectorSize > Number.MAX_SAFE_INTEGER)
      return { problem: tableWords["table.entry-beyond"]({ entry: i + 1 }) };
    if (entry.lastLba < entry.firstLba) invalid.push(i + 1);
    else partitions.push(gptPartition(entry, i + 1, sectorSize));
  }
  return { partitions, invalid };
}

/** What the other fields of an unused entry hold does not matter, and most entries are unused. */
function isUnused(raw: Uint8Array): boolean {
  for (let i = 0; i < gptEntry.fields.type.size; i++) if (raw[i] !== 0) return false;
  return true;
}

/** undefined when an LBA of the entry exceeds 2^53. */
function parseEntry(raw: Uint8Array): GptEntry | undefined {
  try {
    return gptEntry.parse(raw);
  } catch (error) {
    if (isLifeboatError(error, "STRUCT_BAD_VALUE")) return undefined;
    throw error;
  }
}

const gptPartition = (entry: GptEntry, number: number, sectorSize: number): Partition => ({
  number,
  start: entry.firstLba * sectorSize,
  size: (entry.lastLba - entry.firstLba + 1) * sectorSize,
  type: entry.type,
  name: entry.name === "" ? undefined : entry.name,
  guid: entry.guid,
  active: (entry.attributes & LEGACY_BOOTABLE) !== 0n,
  role: "primary",
  attributes: `0x${entry.attributes.toString(16)}`,
});

/** The same sector with some fields of its header changed and its checksum made anew. */
export function withGptHeader(sector: Uint8Array, changes: Partial<GptHeader>): Uint8Array<ArrayBuffer> {
  const fields = { ...gptHeader.parse(sector), ...changes };
  const changed = new Uint8Array(sector);
  changed.set(gptHeader.serialise(fields));
  const { headerCrc32 } = gptHeader.fields;
  headerCrc32.write(new DataView(changed.buffer), headerCrc32.at, gptHeaderCrc(changed, fields.headerSize));
  return changed;
}
