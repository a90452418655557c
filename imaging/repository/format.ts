import { at, bytes, type Infer, magic, struct, u8, u32, u64, uuid } from "#base/struct.ts";

/** Structures of a repository that are not those of an image file. docs/format/repository.md is the specification. */
const SPEC = "docs/format/repository.md";

/** The most bytes of a pack, its header included. */
export const PACK_SIZE = 128 << 20;

/** An index file is made of pages. The last four bytes of each are the CRC-32 of those before them. */
export const PAGE_SIZE = 4096;
export const PAGE_ROOM = PAGE_SIZE - 4;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const indexHeader = struct("IndexHeader", `${SPEC}, Index file`, 80, {
  magic:          at(0,  magic("LBINDEX1"), "identifies an index file of version 1"),
  repositoryId:   at(8,  uuid, "the repository whose packs it names"),
  indexId:        at(24, uuid, "identifies the file, or the capture that wrote it"),
  created:        at(40, u64,  "milliseconds since 1970-01-01 UTC"),
  packs:          at(48, u32,  "number of packs"),
  packPages:      at(52, u32,  "pages of packs"),
  entries:        at(56, u64,  "number of chunks"),
  entryPages:     at(64, u64,  "pages of chunks"),
  directoryPages: at(72, u32,  "pages of the directory"),
});
export type IndexHeader = Infer<typeof indexHeader>;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const packEntry = struct("PackEntry", `${SPEC}, Index file`, 32, {
  stream: at(0,  uuid, "the stream that the pack belongs to"),
  number: at(16, u32,  "its number in the stream, from 0"),
  size:   at(24, u64,  "bytes that its file has at least"),
});
export type PackEntry = Infer<typeof packEntry>;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const placeEntry = struct("PlaceEntry", `${SPEC}, Index file`, 48, {
  id:           at(0,  bytes(32), "the chunk's id; entries are sorted by it"),
  pack:         at(32, u32,       "number of its pack in the pages of packs, from 0"),
  place:        at(36, u32,       "where its record starts in the pack, in units of 16 bytes"),
  storedLength: at(40, u32,       "bytes of the stored payload, without padding"),
  codec:        at(44, u8,        "how it is stored, as in the record's header"),
});
export type PlaceEntry = Infer<typeof placeEntry>;

export const ID_SIZE = 32;
/** Bytes of an id that the directory has of the first chunk of each page, as a number. */
export const KEY_SIZE = 6;
export const PACKS_PER_PAGE = Math.floor(PAGE_ROOM / packEntry.size);
export const ENTRIES_PER_PAGE = Math.floor(PAGE_ROOM / placeEntry.size);
export const KEYS_PER_PAGE = Math.floor(PAGE_ROOM / KEY_SIZE);
