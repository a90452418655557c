import { crc32 } from "node:zlib";
import { at, type Infer, magic, struct, u32, u64, uuid } from "#base/struct.ts";

/**
 * How far a partition has been moved. Two of these stand in the journal, and are written in turns: after a power cut in
 * the middle of one the other one counts.
 */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const moveRecord = struct("MoveRecord", "docs/format/move.md, Record", 512, {
  magic:       at(0,  magic("LIFEBOAT MOVING "), "a partition of this disk is being moved"),
  version:     at(16, u32,  "1"),
  crc32:       at(20, u32,  "CRC-32 of the 512 bytes with this field zero"),
  sequence:    at(24, u64,  "grows with every record; the larger one counts"),
  moveId:      at(32, uuid, "the move; the same in its description"),
  done:        at(48, u64,  "windows that are at their new place and flushed, in the order of the move"),
  copied:      at(56, u32,  "1 when all are"),
  textLength:  at(60, u32,  "bytes of the description, which is JSON"),
  textCrc32:   at(64, u32,  "CRC-32 of the description"),
});
export type MoveRecord = Omit<Infer<typeof moveRecord>, "magic" | "version" | "crc32">;

const { crc32: CRC } = moveRecord.fields;

export function recordBytes(record: MoveRecord): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(moveRecord.size);
  bytes.set(moveRecord.serialise({ magic: "LIFEBOAT MOVING ", version: 1, crc32: 0, ...record }));
  CRC.write(new DataView(bytes.buffer), CRC.at, crc32(bytes));
  return bytes;
}

/** undefined for anything that is no whole record. */
export function parseRecord(bytes: Uint8Array): MoveRecord | undefined {
  const copy = new Uint8Array(bytes.subarray(0, moveRecord.size));
  CRC.write(new DataView(copy.buffer), CRC.at, 0);
  try {
    const { magic: _magic, version, crc32: wanted, ...record } = moveRecord.parse(bytes);
    return version === 1 && wanted === crc32(copy) ? record : undefined;
  } catch {
    return undefined; // any other content
  }
}
