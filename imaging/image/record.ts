import { crc32 } from "node:zlib";
import { padded, RECORD_HEADER_SIZE, type RecordHeader, recordHeader } from "#imaging/image/format.ts";

const CRC_AT = recordHeader.fields.headerCrc32.at;

export type RecordFields = Omit<RecordHeader, "magic" | "flags" | "payloadCrc32" | "headerCrc32">;

/**
 * Completes a record in place. `buffer` holds RECORD_HEADER_SIZE free bytes and then the stored payload; the
 * padding behind it is zeroed. @returns the record's bytes as a view of `buffer`.
 */
export function finishRecord(buffer: Uint8Array, header: RecordFields): Uint8Array {
  const payloadEnd = RECORD_HEADER_SIZE + header.storedLength;
  const end = RECORD_HEADER_SIZE + padded(header.storedLength);
  buffer.fill(0, payloadEnd, end);
  const payloadCrc32 = crc32(buffer.subarray(RECORD_HEADER_SIZE, end));
  const head = recordHeader.serialise({ ...header, magic: "LBRC", flags: 0, payloadCrc32, headerCrc32: 0 });
  new DataView(head.buffer).setUint32(CRC_AT, crc32(head), true);
  buffer.set(head, 0);
  return buffer.subarray(0, end);
}

/** @returns what is wrong with the header of a record, or what it says */
export function checkHeader(record: Uint8Array): RecordHeader | { problem: string } {
  let header: RecordHeader;
  try {
    header = recordHeader.parse(record);
  } catch {
    return { problem: "its header is not a record header" };
  }
  const head = record.slice(0, RECORD_HEADER_SIZE);
  head.fill(0, CRC_AT, CRC_AT + 4);
  return crc32(head) === header.headerCrc32 ? header : { problem: "its header does not match its checksum" };
}

/** @returns what is wrong with a record, or its header. `record` is header, payload and padding. */
export function checkRecord(record: Uint8Array): RecordHeader | { problem: string } {
  const header = checkHeader(record);
  if ("problem" in header) return header;
  const end = RECORD_HEADER_SIZE + padded(header.storedLength);
  if (end > record.length) return { problem: "it is cut off" };
  if (crc32(record.subarray(RECORD_HEADER_SIZE, end)) !== header.payloadCrc32)
    return { problem: "its data does not match its checksum" };
  return header;
}
