import { ascii, at, bytes, type Infer, magic, struct, u8, u16, u32, u64, uuid } from "#base/struct.ts";

/**
 * Every structure of an image file, format version 2. docs/format/image.md is the specification; its tables are
 * generated from these declarations.
 */
const SPEC = "docs/format/image.md";

export const FORMAT_VERSION = 2;
export const HEADER_SIZE = 4096;
/** Two copies of 4096 bytes, behind the header of an encrypted image's first volume: docs/format/keys.md. */
export const KEY_AREA_SIZE = 8192;
export const RECORD_HEADER_SIZE = 64;
export const FOOTER_SIZE = 128;
/** Records start at multiples of this, so that a scan can find the next one behind a damaged one. */
export const RECORD_ALIGNMENT = 16;
/** Bytes of a chunk's window in an image file, and the most that any chunk has. */
export const CHUNK_SIZE = 1 << 20;
/** In a repository: a change costs less, and a file is read sooner, for images some percent larger. */
export const REPOSITORY_CHUNK_SIZE = 1 << 18;
export const CHUNK_SIZES: readonly number[] = [CHUNK_SIZE, REPOSITORY_CHUNK_SIZE];
export const chunkSizeOf = (isPoint: boolean): number => (isPoint ? REPOSITORY_CHUNK_SIZE : CHUNK_SIZE);
/** Entries of an extents page: a page stays below 1 MiB. */
export const PAGE_ENTRIES = 16384;
/** Chunks of one segment, and so entries of one index page: at most 4 GiB between two checkpoints. */
export const SEGMENT_CHUNKS = 4096;
/** Runs of one segment, which bounds the memory of a reader. A chunk has at most 2048, one for every other sector. */
export const SEGMENT_RUNS = 1 << 18;
export const CHUNK_RUNS = 2048;
/** The smallest volume of a split image that holds every record. */
export const LEAST_VOLUME_SIZE = 16 << 20;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const fileHeader = struct("FileHeader", `${SPEC}, File header`, 160, {
  magic:        at(0,   magic("LIFEBOAT"), "identifies an image file"),
  version:      at(8,   u16,       "format version: 2"),
  compatible:   at(12,  u32,       "feature flags a reader may ignore"),
  readOnly:     at(16,  u32,       "feature flags a reader may ignore, but not a program that changes the file"),
  incompatible: at(20,  u32,       "feature flags a reader must know, or refuse the file: bit 0 encrypted, 1 point, 2 pack, 3 repository"),
  imageId:      at(24,  uuid,      "identifies the image; the same in all volumes and in the footer"),
  created:      at(40,  u64,       "milliseconds since 1970-01-01 UTC"),
  chunkSize:    at(48,  u32,       "bytes of a chunk's window: 1048576 or 262144"),
  volumeNumber: at(52,  u32,       "which volume of the image this file is, from 0"),
  volumeSize:   at(56,  u64,       "the most bytes of a volume; 0 when the image is one file"),
  writer:       at(64,  ascii(32), "program and version that wrote the file"),
  platform:     at(96,  ascii(32), "operating system and processor it ran on"),
  headerCrc32:  at(156, u32,       "CRC-32 of all 4096 bytes of the header with this field zero"),
});
export type FileHeader = Infer<typeof fileHeader>;

/**
 * Bits of `incompatible`. A *point* is an image whose chunks are in the packs of a repository, a *pack* is a volume of
 * nothing but chunks, and a *repository* file has the keys of all of them: docs/format/repository.md.
 */
export const FEATURE = { encrypted: 1, point: 2, pack: 4, repository: 8 } as const;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const recordHeader = struct("RecordHeader", `${SPEC}, Records`, RECORD_HEADER_SIZE, {
  magic:         at(0,  magic("LBRC"), "identifies a record"),
  type:          at(4,  u8,        "1 manifest, 2 extents page, 3 chunk, 4 index page, 5 catalogue, 6 bad extents page, 7 sealed"),
  codec:         at(5,  u8,        "how the payload is stored: 0 as it is, 1 one zstd frame, 2 all zero (no payload)"),
  flags:         at(6,  u16,       "none defined: 0"),
  region:        at(8,  u32,       "chunk, extents page: number of the region; else 0"),
  number:        at(12, u32,       "chunk: number of the window; page: number of its first entry"),
  rawLength:     at(16, u32,       "bytes of the plain payload"),
  storedLength:  at(20, u32,       "bytes of the stored payload, without padding"),
  payloadCrc32:  at(24, u32,       "CRC-32 of the stored payload and its padding"),
  headerCrc32:   at(28, u32,       "CRC-32 of these 64 bytes with this field zero"),
  sha256:        at(32, bytes(32), "SHA-256 of the plain payload; of a sealed record: nonce (12), tag (16), zero (4)"),
});
export type RecordHeader = Infer<typeof recordHeader>;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const extentEntry = struct("ExtentEntry", `${SPEC}, Extents page`, 16, {
  start:  at(0, u64, "first byte, counted from the start of the region (bad extents: of the disk)"),
  length: at(8, u64, "bytes"),
});

// biome-ignore format: one row a field, to be held beside the table in the specification
export const indexEntry = struct("IndexEntry", `${SPEC}, Index page`, 56, {
  number:       at(0,  u32,       "number of the window in the region"),
  codec:        at(4,  u8,        "as in the chunk's record header"),
  rawLength:    at(8,  u32,       "bytes of the packed chunk"),
  storedLength: at(12, u32,       "bytes of the stored payload, without padding"),
  offset:       at(16, u64,       "address at which the chunk's record starts"),
  sha256:       at(24, bytes(32), "SHA-256 of the packed chunk"),
});

// biome-ignore format: one row a field, to be held beside the table in the specification
export const catalogueEntry = struct("CatalogueEntry", `${SPEC}, Catalogue`, 64, {
  type:         at(0,  u8,        "type of the record: 1, 2, 4 or 6"),
  region:       at(4,  u32,       "as in the record header"),
  number:       at(8,  u32,       "as in the record header"),
  count:        at(12, u32,       "entries in the page; 1 for the manifest"),
  offset:       at(16, u64,       "address at which the record starts"),
  sha256:       at(24, bytes(32), "SHA-256 of the record's plain payload"),
  rawLength:    at(56, u32,       "bytes of the plain payload"),
  storedLength: at(60, u32,       "bytes of the stored payload, without padding"),
});
export type CatalogueEntry = Infer<typeof catalogueEntry>;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const footer = struct("Footer", `${SPEC}, Footer`, FOOTER_SIZE, {
  magic:           at(0,   magic("LBFOOTER"), "identifies a complete image"),
  imageId:         at(8,   uuid,      "as in the file header"),
  fileSize:        at(24,  u64,       "bytes of the file that it ends, this footer included"),
  catalogueOffset: at(32,  u64,       "address at which the catalogue's record starts"),
  rawBytes:        at(40,  u64,       "plain bytes of all chunks"),
  chunks:          at(48,  u64,       "number of chunks"),
  rootHash:        at(56,  bytes(32), "SHA-256 of the catalogue's plain payload: the identity of all content"),
  volumes:         at(88,  u32,       "number of volumes; this footer ends the last one"),
  footerCrc32:     at(124, u32,       "CRC-32 of these 128 bytes with this field zero"),
});
export type Footer = Infer<typeof footer>;

export const RECORD = {
  manifest: 1,
  extents: 2,
  chunk: 3,
  index: 4,
  catalogue: 5,
  bad: 6,
  sealed: 7,
} as const;
export const CODEC = { stored: 0, zstd: 1, zero: 2 } as const;

export const padded = (length: number): number => Math.ceil(length / RECORD_ALIGNMENT) * RECORD_ALIGNMENT;

/** Bytes that a plain record with `storedLength` bytes of payload takes in the file. */
export const recordSize = (storedLength: number): number => RECORD_HEADER_SIZE + padded(storedLength);

/** The same of a record that may be sealed: a sealed record is a header in front of the encrypted plain record. */
export const recordSpan = (storedLength: number, sealed: boolean): number =>
  recordSize(storedLength) + (sealed ? RECORD_HEADER_SIZE : 0);

/** Where the first record of a volume lies in its file. */
export const recordsOffset = (volume: number, encrypted: boolean): number =>
  HEADER_SIZE + (volume === 0 && encrypted ? KEY_AREA_SIZE : 0);
