import { crc32 } from "node:zlib";
import { ascii, at, bytes, struct, u32, u64 } from "#base/struct.ts";

/** It lies in one of the first four sectors of 512 bytes. */
export const labelHeader = struct("label_header", "LVM2, lib/label/label.h", 32, {
  id: at(0, ascii(8), "LABELONE"),
  sector: at(8, u64, "the sector that it lies in"),
  crc: at(16, u32, "of the rest of the sector, from the next field on"),
  offset: at(20, u32, "of the physical volume's header, from the label"),
  type: at(24, ascii(8), "LVM2 001"),
});

export const pvHeader = struct("pv_header", "LVM2, lib/format_text/layout.h", 40, {
  uuid: at(0, ascii(32), "of the physical volume, without dashes"),
  deviceSize: at(32, u64, "bytes"),
});

/** Lists of them follow the header: data areas, then metadata areas, each ended by one of zeros. */
export const diskLocation = struct("disk_locn", "LVM2, lib/format_text/layout.h", 16, {
  offset: at(0, u64, "bytes"),
  size: at(8, u64, "bytes; 0 for up to the end"),
});

export const MDA_HEADER_SIZE = 512;
export const MDA_MAGIC = " LVM2 x[5A%r0N*>";

export const mdaHeader = struct("mda_header", "LVM2, lib/format_text/layout.h", 64, {
  crc: at(0, u32, "of the rest of the 512 bytes"),
  magic: at(4, bytes(16), "LVM2 x[5A%r0N*>, with a space in front"),
  version: at(20, u32, "1"),
  start: at(24, u64, "where this header lies"),
  size: at(32, u64, "of the area; text that reaches the end goes on behind the header"),
  textOffset: at(40, u64, "of the text, from the header; 0 when there is none"),
  textSize: at(48, u64, "bytes"),
  textCrc: at(56, u32, "of the text"),
  flags: at(60, u32, "bit 0: to be ignored"),
});

export const MDA_IGNORED = 1;

/** CRC-32 that starts elsewhere, and is not inverted at its end. */
export const lvmCrc = (data: Uint8Array): number => ~crc32(data, ~0xf597a6cf >>> 0) >>> 0;
