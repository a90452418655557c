import { at, bits64, type Infer, magic, struct, u16, u32 } from "#base/struct.ts";

const SPEC = "Windows registry file format specification (Suhanov)";

/** What stands for "none" where an offset of a cell is expected. */
export const NO_CELL = 0xffffffff;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const hiveBin = struct("HiveBin", `${SPEC}, Hive bin`, 32, {
  signature: at(0,  magic("hbin"), "identifies a bin"),
  offset:    at(4,  u32,    "of this bin, from the first one on"),
  size:      at(8,  u32,    "bytes, a multiple of 4096"),
  timestamp: at(20, bits64, "FILETIME; in the first bin only"),
  spare:     at(28, u32,    "no meaning on disk"),
});

// biome-ignore format: one row a field, to be held beside the table in the specification
export const keyNode = struct("KeyNode", `${SPEC}, Key node`, 76, {
  signature:          at(0,  magic("nk"), "identifies a key"),
  flags:              at(2,  u16,    "see KEY_ flags"),
  lastWritten:        at(4,  bits64, "FILETIME of the last change"),
  accessBits:         at(12, u32,    "not used on disk"),
  parent:             at(16, u32,    "cell of the parent; no meaning in the root"),
  subkeyCount:        at(20, u32,    "subkeys in the list"),
  volatileCount:      at(24, u32,    "subkeys in memory only: no meaning on disk"),
  subkeyList:         at(28, u32,    "cell of the list of subkeys"),
  volatileList:       at(32, u32,    "no meaning on disk"),
  valueCount:         at(36, u32,    "values in the list"),
  valueList:          at(40, u32,    "cell of the list of values"),
  security:           at(44, u32,    "cell of the security descriptor"),
  className:          at(48, u32,    "cell of the class name"),
  longestSubkeyName:  at(52, u16,    "in bytes of UTF-16"),
  virtualization:     at(54, u16,    "virtualization flags (4 bits), user flags (4), debug (8)"),
  longestSubkeyClass: at(56, u32,    "in bytes"),
  longestValueName:   at(60, u32,    "in bytes of UTF-16"),
  largestValueData:   at(64, u32,    "in bytes"),
  workVar:            at(68, u32,    "not used on disk"),
  nameLength:         at(72, u16,    "in bytes"),
  classNameLength:    at(74, u16,    "in bytes"),
});
export type KeyNode = Infer<typeof keyNode>;

export const KEY_ROOT = 0x0004;
export const KEY_NO_DELETE = 0x0008;
/** The name has a byte a character (Latin-1), else UTF-16LE. */
export const KEY_COMPRESSED = 0x0020;
/** The number of values is a handle of Windows' own, and there are none. */
export const KEY_PREDEFINED = 0x0040;
/** In `virtualization`: new subkeys have the same virtualization flags. */
export const VIRTUALIZATION_INHERITED = 0x0008;
export const VIRTUALIZATION_FLAGS = 0x000f;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const keyValue = struct("KeyValue", `${SPEC}, Key value`, 20, {
  signature:  at(0,  magic("vk"), "identifies a value"),
  nameLength: at(2,  u16, "in bytes; 0 for the default value"),
  dataSize:   at(4,  u32, "bytes of data; the highest bit: they stand in dataCell itself"),
  dataCell:   at(8,  u32, "cell of the data, or up to four bytes of it"),
  type:       at(12, u32, "REG_ type, any number"),
  flags:      at(16, u16, "1: the name has a byte a character"),
  spare:      at(18, u16, "not used"),
});

export const VALUE_COMPRESSED = 0x0001;
export const DATA_INLINE = 0x80000000;

// biome-ignore format: one row a field, to be held beside the table in the specification
export const keySecurity = struct("KeySecurity", `${SPEC}, Key security`, 20, {
  signature:      at(0,  magic("sk"), "identifies a security descriptor"),
  reserved:       at(2,  u16, "0"),
  next:           at(4,  u32, "next cell of the ring"),
  previous:       at(8,  u32, "previous cell of the ring"),
  references:     at(12, u32, "keys that have this descriptor"),
  descriptorSize: at(16, u32, "bytes that follow"),
});

// biome-ignore format: one row a field, to be held beside the table in the specification
export const bigData = struct("BigData", `${SPEC}, Big data`, 8, {
  signature:    at(0, magic("db"), "identifies data in several cells"),
  segmentCount: at(2, u16, "cells of data"),
  segmentList:  at(4, u32, "cell with the list of them"),
});

/** Bytes of data in a segment, all but the last. More than that in one value is big data since version 1.4. */
export const SEGMENT_SIZE = 16_344;
