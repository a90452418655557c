import { at, bytes, magic, struct, u32 } from "#base/struct.ts";
import { BIN_UNIT, MOST_BINS_SIZE } from "#imaging/registry/cell-store.ts";
import { marvin32 } from "#imaging/registry/marvin32.ts";

/** Entries begin and end at multiples of this; the first lies behind the log's own base block. */
export const LOG_UNIT = 512;

/** Logs since Windows 8.1. */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const logEntry = struct("HiveLogEntry", "Windows registry file format specification (Suhanov), Log entries", 40, {
  signature: at(0,  magic("HvLE"), "identifies an entry"),
  size:      at(4,  u32,      "bytes of the entry"),
  flags:     at(8,  u32,      "those of the base block"),
  sequence:  at(12, u32,      "both sequence numbers of the hive, when the entry was taken over"),
  binsSize:  at(16, u32,      "bytes of all hive bins then"),
  pageCount: at(20, u32,      "pages that follow"),
  hash1:     at(24, bytes(8), "Marvin32 of what follows this head"),
  hash2:     at(32, bytes(8), "Marvin32 of the 32 bytes before"),
});

export interface LogPage {
  /** From the first bin on. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface LogEntry {
  readonly sequence: number;
  readonly flags: number;
  readonly binsSize: number;
  readonly pages: readonly LogPage[];
}

/** The entries of a log up to the first that is none, or whose hashes are wrong (`Log entries`, note 8). */
export function readLogEntries(log: Uint8Array): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let start = LOG_UNIT; start + logEntry.size <= log.length; ) {
    const read = readEntry(log, start);
    if (!read) break;
    entries.push(read.entry);
    start += read.size;
  }
  return entries;
}

function readEntry(log: Uint8Array, start: number): { entry: LogEntry; size: number } | undefined {
  const head = log.subarray(start, start + logEntry.size);
  if (Buffer.from(head.subarray(0, 4)).toString("latin1") !== "HvLE") return undefined;
  const { size, flags, sequence, binsSize, pageCount, hash1, hash2 } = logEntry.parse(head);
  if (size < logEntry.size || size % LOG_UNIT !== 0 || start + size > log.length) return undefined;
  if (binsSize === 0 || binsSize % BIN_UNIT !== 0 || binsSize > MOST_BINS_SIZE) return undefined;
  const body = log.subarray(start + logEntry.size, start + size);
  if (!isHash(hash2, head.subarray(0, 32)) || !isHash(hash1, body)) return undefined;
  const pages = readPages(body, pageCount, binsSize);
  return pages && { entry: { sequence, flags, binsSize, pages }, size };
}

function isHash(stored: Uint8Array, of: Uint8Array): boolean {
  const view = new DataView(stored.buffer, stored.byteOffset, 8);
  const [low, high] = marvin32(of);
  return view.getUint32(0, true) === low && view.getUint32(4, true) === high;
}

function readPages(body: Uint8Array, count: number, binsSize: number): LogPage[] | undefined {
  if (count * 8 > body.length) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const pages: LogPage[] = [];
  let from = count * 8;
  for (let index = 0; index < count; index++) {
    const offset = view.getUint32(index * 8, true);
    const size = view.getUint32(index * 8 + 4, true);
    if (from + size > body.length || offset + size > binsSize) return undefined;
    pages.push({ offset, bytes: body.subarray(from, from + size) });
    from += size;
  }
  return pages;
}
