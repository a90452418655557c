import { at, bits64, type Infer, magic, struct, u32, utf16 } from "#base/struct.ts";

/** Bytes before the first hive bin. Offsets of cells are counted from there. */
export const BASE_BLOCK_SIZE = 4096;
export const FILE_TYPE_PRIMARY = 0;

/** First sector of a hive and, with another file type, of its log. */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const baseBlock = struct("HiveBaseBlock", "Windows registry file format specification (Suhanov), Base block", 512, {
  signature:         at(0,   magic("regf"), "identifies a hive"),
  primarySequence:   at(4,   u32,        "raised when a write begins"),
  secondarySequence: at(8,   u32,        "raised when it is done: equal to the primary one in a whole hive"),
  lastWritten:       at(12,  bits64,     "FILETIME of the last write"),
  majorVersion:      at(20,  u32,        "1"),
  minorVersion:      at(24,  u32,        "3 to 6"),
  fileType:          at(28,  u32,        "0 hive, 1 and 2 old log, 6 new log"),
  fileFormat:        at(32,  u32,        "1: loaded as it is"),
  rootCell:          at(36,  u32,        "offset of the root key's cell"),
  binsSize:          at(40,  u32,        "bytes of all hive bins"),
  clusteringFactor:  at(44,  u32,        "sector size of the disk / 512"),
  fileName:          at(48,  utf16(64),  "end of the path, for people"),
  flags:             at(144, u32,        "1: transactions are pending; 2: layered keys"),
  checksum:          at(508, u32,        "XOR of the 127 words before"),
});
export type BaseBlock = Infer<typeof baseBlock>;

/** XOR of the first 127 words. Windows never writes 0 or all ones: `Base block`, note 2, and its own practice. */
export function baseBlockChecksum(sector: Uint8Array): number {
  const view = new DataView(sector.buffer, sector.byteOffset, baseBlock.fields.checksum.at);
  let sum = 0;
  for (let at = 0; at < view.byteLength; at += 4) sum ^= view.getUint32(at, true);
  if (sum === -1) return 0xfffffffe;
  return sum === 0 ? 1 : sum >>> 0;
}

/** Writes the checksum of the sector into it. */
export function sealBaseBlock(sector: Uint8Array): void {
  const { checksum } = baseBlock.fields;
  checksum.write(
    new DataView(sector.buffer, sector.byteOffset, baseBlock.size),
    checksum.at,
    baseBlockChecksum(sector),
  );
}

/** Whether a hive's first sector says that it was written to its end (`Dirty state of a hive`). */
export const isWhole = (head: BaseBlock, sector: Uint8Array): boolean =>
  head.primarySequence === head.secondarySequence && head.checksum === baseBlockChecksum(sector);
