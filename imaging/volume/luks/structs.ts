import { ascii, at, bytes, struct, u16be, u32be, u64be } from "#base/struct.ts";

export const LUKS_MAGIC = "LUKS\xba\xbe";
/** The second header of LUKS2 bears it, so that it is never taken for the first. */
export const LUKS2_SECOND_MAGIC = "SKUL\xba\xbe";

export const luks1Header = struct("luks_phdr", "LUKS On-Disk Format Specification 1.2.3, figure 1", 592, {
  magic: at(0, ascii(6), "LUKS BA BE"),
  version: at(6, u16be, "1"),
  cipherName: at(8, ascii(32), "aes"),
  cipherMode: at(40, ascii(32), "xts-plain64"),
  payloadOffset: at(104, u32be, "sectors of 512 bytes; 0: the header is on another device"),
  keyBytes: at(108, u32be, "of the volume key"),
  uuid: at(168, ascii(40), ""),
});

export const luks2Header = struct("luks2_hdr_disk", "LUKS2 On-Disk Format Specification 1.1.1, section 2.1", 512, {
  magic: at(0, ascii(6), "LUKS BA BE, in the second header SKUL BA BE"),
  version: at(6, u16be, "2"),
  size: at(8, u64be, "bytes, with the JSON area; the second header follows"),
  sequence: at(16, u64be, "raised by each update: the higher one is valid"),
  label: at(24, ascii(48), ""),
  checksumAlgorithm: at(72, ascii(32), "sha256"),
  uuid: at(168, ascii(40), ""),
  offset: at(256, u64be, "of this header"),
  checksum: at(448, bytes(64), "of header and JSON area, with zeros in its own place"),
});

/** The JSON area starts here. */
export const LUKS2_JSON_OFFSET = 4096;
/** Where the second header may be, section 2.2: the first header's size is one of these. */
export const LUKS2_SIZES = [14, 15, 16, 17, 18, 19, 20, 21, 22].map((power) => 2 ** power);
/** Largest keyslots area, section 2.3. */
export const LUKS2_MAX_KEYSLOTS = 128 << 20;
