import { at, bytes, type Infer, struct, u8, u16, u32 } from "#base/struct.ts";
import type { Partition } from "#imaging/disk/partition.ts";

/** One of the four records of an MBR or EBR. */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const mbrEntry = struct("MbrEntry", "UEFI 2.10, 5.2.1, table 5-2", 16, {
  bootIndicator: at(0,  u8,       "0x80 marks the partition that legacy boot code starts"),
  startChs:      at(1,  bytes(3), "first sector as cylinder, head, sector; nothing reads it today"),
  type:          at(4,  u8,       "OS type; 0xEE is GPT protective, 0x05, 0x0F and 0x85 hold logical partitions"),
  endChs:        at(5,  bytes(3), "last sector as cylinder, head, sector"),
  startLba:      at(8,  u32,      "first sector; in an EBR relative to it"),
  sizeLba:       at(12, u32,      "number of sectors; zero marks an unused record"),
});
export type MbrEntry = Infer<typeof mbrEntry>;

/** LBA 0, and the first sector of each link of an extended partition. */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const mbr = struct("Mbr", "UEFI 2.10, 5.2.1, table 5-1", 512, {
  bootCode:      at(0,   bytes(440), "x86 code that legacy firmware runs"),
  diskSignature: at(440, u32,        "identifies the disk"),
  unknown:       at(444, u16,        "0, or 0x5A5A for a write-protected disk"),
  entry1:        at(446, bytes(16),  "partition record"),
  entry2:        at(462, bytes(16),  "partition record"),
  entry3:        at(478, bytes(16),  "partition record"),
  entry4:        at(494, bytes(16),  "partition record"),
  signature:     at(510, u16,        "0xAA55"),
});
export type Mbr = Infer<typeof mbr>;

export const MBR_SIGNATURE = 0xaa55;
export const TYPE_PROTECTIVE = 0xee;
const ENTRIES_AT = 446;
export const EXTENDED_TYPES: readonly number[] = [0x05, 0x0f, 0x85];

export const isExtended = (entry: MbrEntry): boolean => entry.sizeLba > 0 && EXTENDED_TYPES.includes(entry.type);

/** The four records of a sector, used or not. @throws STRUCT_TRUNCATED */
export function mbrEntries(sector: Uint8Array): MbrEntry[] {
  const { entry1, entry2, entry3, entry4 } = mbr.parse(sector);
  return [entry1, entry2, entry3, entry4].map((raw) => mbrEntry.parse(raw));
}

export const hasMbrSignature = (sector: Uint8Array): boolean => mbr.parse(sector).signature === MBR_SIGNATURE;

/** The sector with the record in `slot` (0 to 3) replaced and the signature set. */
export function withMbrEntry(sector: Uint8Array, slot: number, entry: MbrEntry): Uint8Array<ArrayBuffer> {
  const changed = withMbrSignature(sector);
  changed.set(mbrEntry.serialise(entry), ENTRIES_AT + slot * mbrEntry.size);
  return changed;
}

/** The sector with the signature set: a table, though an empty one. */
export function withMbrSignature(sector: Uint8Array): Uint8Array<ArrayBuffer> {
  const changed = new Uint8Array(sector);
  mbr.fields.signature.write(new DataView(changed.buffer), mbr.fields.signature.at, MBR_SIGNATURE);
  return changed;
}

/**
 * Cylinder, head and sector for the geometry of 255 heads and 63 sectors that all tools assume, or three times
 * 0xFF where that ends (UEFI 2.10, 5.2.3).
 */
export function chs(lba: number): Uint8Array<ArrayBuffer> {
  const cylinder = Math.floor(lba / (255 * 63));
  if (cylinder > 1023) return new Uint8Array([0xff, 0xff, 0xff]);
  const head = Math.floor(lba / 63) % 255;
  return new Uint8Array([head, ((cylinder >> 8) << 6) | ((lba % 63) + 1), cylinder & 0xff]);
}

/**
 * The boot sector of a file system that fills the disk without a table. FAT, exFAT and NTFS end it with the very
 * signature of an MBR. The test is Linux's (block/partitions/msdos.c, fat_valid_media) and the OEM names.
 */
export function isFilesystemBootSector(sector: Uint8Array): boolean {
  const jump = sector[0] === 0xeb || sector[0] === 0xe9;
  if (!jump) return false;
  const oem = String.fromCharCode(...sector.subarray(3, 11));
  if (oem === "NTFS    " || oem === "EXFAT   ") return true;
  const view = new DataView(sector.buffer, sector.byteOffset, 32);
  const bytesPerSector = view.getUint16(11, true);
  const perCluster = view.getUint8(13);
  const media = view.getUint8(21);
  const powerOfTwo = (n: number) => n > 0 && (n & (n - 1)) === 0;
  return (
    bytesPerSector >= 512 &&
    powerOfTwo(bytesPerSector) &&
    powerOfTwo(perCluster) &&
    (media === 0xf0 || media >= 0xf8) &&
    view.getUint8(16) > 0
  );
}

export type SectorKind = "gpt" | "mbr" | "none";

/** What sector 0 says the disk holds. "gpt" is a claim; "none" may still be a GPT that lost its protective MBR. */
export function sectorKind(sector: Uint8Array, lbas: number): SectorKind {
  if (!hasMbrSignature(sector)) return "none";
  const entries = mbrEntries(sector);
  // Linux refuses a table with any other value, since text and code of a boot sector are seldom 0 or 0x80.
  if (entries.some((e) => e.bootIndicator !== 0 && e.bootIndicator !== 0x80)) return "none";
  const used = entries.filter((e) => e.sizeLba > 0);
  if (used.some((e) => e.type === TYPE_PROTECTIVE)) return "gpt";
  if (isFilesystemBootSector(sector)) {
    const plausible = (e: MbrEntry) => e.type !== 0 && e.startLba > 0 && e.startLba + e.sizeLba <= lbas;
    return used.length > 0 && used.every(plausible) ? "mbr" : "none";
  }
  if (used.length > 0) return "mbr";
  // An empty table is believed only when a partitioning tool made it: a file system on the whole disk may carry
  // boot code and the signature, and calling that an empty table would lose what it holds.
  const { bootCode, diskSignature } = mbr.parse(sector);
  return diskSignature !== 0 && bootCode.every((byte) => byte === 0) ? "mbr" : "none";
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/** "xxxxxxxx", or undefined for a disk without a signature. */
export function diskSignature(sector: Uint8Array): string | undefined {
  const value = mbr.parse(sector).diskSignature;
  return value === 0 ? undefined : hex(value, 8);
}

/** @param base the LBA to which the record's start is relative */
export function mbrPartition(
  entry: MbrEntry,
  place: { number: number; base: number; sectorSize: number; role: Partition["role"]; diskId: string | undefined },
): Partition {
  const { number, base, sectorSize, role, diskId } = place;
  return {
    number,
    start: (base + entry.startLba) * sectorSize,
    size: entry.sizeLba * sectorSize,
    type: `0x${hex(entry.type, 2)}`,
    name: undefined,
    guid: diskId === undefined ? undefined : `${diskId}-${hex(number, 2)}`,
    active: entry.bootIndicator === 0x80,
    role,
    attributes: "0x0",
  };
}
