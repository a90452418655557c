import { at, bits64, bytes, i8, magic, struct, u8, u16, u32, u64 } from "#base/struct.ts";

const SPEC = "libntfs-3g, include/ntfs-3g/layout.h";

/** Sector 0; a copy is in the partition's last sector, behind the file system. */
export const bootSector = struct("NTFS_BOOT_SECTOR", `${SPEC}, NTFS_BOOT_SECTOR`, 512, {
  oemId: at(0x03, magic("NTFS    "), ""),
  bytesPerSector: at(0x0b, u16, "256 to 4096"),
  sectorsPerCluster: at(0x0d, u8, "above 128: 2^(256 - this)"),
  reservedSectors: at(0x0e, u16, "0"),
  fats: at(0x10, u8, "0"),
  totalSectors: at(0x28, u64, "without the copy of the boot sector"),
  mftCluster: at(0x30, u64, "of $MFT"),
  mftMirrorCluster: at(0x38, u64, "of $MFTMirr"),
  recordSize: at(0x40, i8, "clusters of a file record; below 0: 2^-this bytes"),
  serial: at(0x48, bits64, ""),
});

/** A file record starts with it; the update sequence guards each 512 bytes against torn writes. */
export const fileRecord = struct("MFT_RECORD", `${SPEC}, MFT_RECORD`, 48, {
  magic: at(0x00, magic("FILE"), ""),
  usaOffset: at(0x04, u16, "of the update sequence array"),
  usaCount: at(0x06, u16, "its entries: 1 + one for each 512 bytes"),
  sequence: at(0x10, u16, ""),
  attributesOffset: at(0x14, u16, "of the first attribute"),
  flags: at(0x16, u16, "1 in use, 2 directory"),
  bytesInUse: at(0x18, u32, ""),
});

export const attributeHeader = struct("ATTR_RECORD", `${SPEC}, ATTR_RECORD`, 16, {
  type: at(0x00, u32, "FFFFFFFF ends the list"),
  length: at(0x04, u32, "bytes, with this header"),
  nonResident: at(0x08, u8, "1: the value is in clusters"),
  nameLength: at(0x09, u8, "characters"),
  nameOffset: at(0x0a, u16, ""),
  flags: at(0x0c, u16, "1 compressed, 4000 encrypted, 8000 sparse"),
});

/** Offsets count from the attribute's start. */
export const residentPart = struct("ATTR_RECORD (resident)", `${SPEC}, ATTR_RECORD`, 24, {
  valueLength: at(0x10, u32, "bytes"),
  valueOffset: at(0x14, u16, ""),
});

export const nonResidentPart = struct("ATTR_RECORD (non-resident)", `${SPEC}, ATTR_RECORD`, 64, {
  lowestVcn: at(0x10, u64, "first cluster of the value in this record"),
  highestVcn: at(0x18, bits64, "last one"),
  runsOffset: at(0x20, u16, "of the mapping pairs"),
  allocatedSize: at(0x28, u64, "the three sizes are valid where lowestVcn is 0"),
  dataSize: at(0x30, u64, "bytes of the value"),
  initialisedSize: at(0x38, u64, "what lies behind reads as zeros"),
});

export const attributeListEntry = struct("ATTR_LIST_ENTRY", `${SPEC}, ATTR_LIST_ENTRY`, 26, {
  type: at(0x00, u32, ""),
  length: at(0x04, u16, "bytes of this entry"),
  nameLength: at(0x06, u8, "characters"),
  nameOffset: at(0x07, u8, ""),
  lowestVcn: at(0x08, bits64, ""),
  record: at(0x10, bits64, "low 48 bits: the file record that holds the attribute"),
});

export const volumeInformation = struct("VOLUME_INFORMATION", `${SPEC}, VOLUME_INFORMATION`, 12, {
  major: at(0x08, u8, "3"),
  minor: at(0x09, u8, "1 since Windows XP"),
  flags: at(0x0a, u16, "1 dirty: chkdsk is due"),
});

/** The value of $INDEX_ROOT; an index header follows it. */
export const indexRoot = struct("INDEX_ROOT", `${SPEC}, INDEX_ROOT`, 16, {
  type: at(0x00, u32, "30: its entries are file names"),
  blockSize: at(0x08, u32, "bytes of an index block"),
});

/** Offsets count from this header's start. */
export const indexHeader = struct("INDEX_HEADER", `${SPEC}, INDEX_HEADER`, 16, {
  entriesOffset: at(0x00, u32, "of the first entry"),
  length: at(0x04, u32, "bytes up to the end of the last entry"),
});

/** An index block begins with it; an index header follows it. */
export const indexBlock = struct("INDEX_BLOCK", `${SPEC}, INDEX_BLOCK`, 24, {
  magic: at(0x00, magic("INDX"), ""),
  usaOffset: at(0x04, u16, "of the update sequence array"),
  usaCount: at(0x06, u16, "its entries: 1 + one for each 512 bytes"),
  vcn: at(0x10, bits64, "of this block in the index"),
});

/** A file name follows it, in the last entry of a block nothing. */
export const indexEntry = struct("INDEX_ENTRY", `${SPEC}, INDEX_ENTRY`, 16, {
  record: at(0x00, bits64, "low 48 bits: the file record"),
  length: at(0x08, u16, "bytes of this entry; its last 8 are the block below it, if it has one"),
  keyLength: at(0x0a, u16, "bytes of the file name"),
  flags: at(0x0c, u16, "1 has a block below it, 2 the last entry"),
});

/** The name follows it. */
export const fileName = struct("FILE_NAME_ATTR", `${SPEC}, FILE_NAME_ATTR`, 66, {
  parent: at(0x00, bits64, "low 48 bits: the file record of the directory"),
  nameLength: at(0x40, u8, "characters"),
});

/** First page of $LogFile; offsets count from the page's start. */
export const restartPage = struct("RESTART_PAGE_HEADER", "libntfs-3g, include/ntfs-3g/logfile.h", 30, {
  magic: at(0x00, bytes(4), "RSTR"),
  usaOffset: at(0x04, u16, ""),
  usaCount: at(0x06, u16, ""),
  systemPageSize: at(0x10, u32, ""),
  logPageSize: at(0x14, u32, ""),
  restartOffset: at(0x18, u16, "of the restart area"),
});

export const restartArea = struct("RESTART_AREA", "libntfs-3g, include/ntfs-3g/logfile.h", 48, {
  currentLsn: at(0x00, bits64, ""),
  clients: at(0x08, u16, ""),
  freeClients: at(0x0a, u16, ""),
  clientsInUse: at(0x0c, u16, "FFFF: the log is closed"),
  flags: at(0x0e, u16, "2: the volume is clean"),
});

export const ATTRIBUTE = {
  attributeList: 0x20,
  fileName: 0x30,
  volumeName: 0x60,
  volumeInformation: 0x70,
  data: 0x80,
  indexRoot: 0x90,
  indexAllocation: 0xa0,
  reparsePoint: 0xc0,
} as const;

export const FILE = { mft: 0, logFile: 2, volume: 3, root: 5, bitmap: 6 } as const;
