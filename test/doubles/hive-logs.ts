/**
 * Writes the logs that Windows would have written before it changed a hive, from the specification alone (Suhanov, "Format
 * of transaction log files"): nothing of ours is used, so that a misunderstanding in our reader shows.
 */
const HEAD = 4096;
const MASK = 0xffffffffn;

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const u32 = (bytes: Uint8Array, at: number): number => view(bytes).getUint32(at, true);
const putU32 = (bytes: Uint8Array, at: number, value: number) => view(bytes).setUint32(at, value, true);
const upTo = (unit: number, value: number) => Math.ceil(value / unit) * unit;

/** Base block, note 2. */
export function sealHead(bytes: Uint8Array): void {
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum ^= u32(bytes, at);
  if (sum === -1) sum = -2;
  if (sum === 0) sum = 1;
  putU32(bytes, 508, sum >>> 0);
}

/** A hive as a crash leaves it: the write has begun, with these pages of the new content in place. */
export function tornHive(before: Uint8Array, after: Uint8Array, written: readonly number[] = []): Uint8Array {
  const torn = Uint8Array.from(before);
  for (const page of written) torn.set(after.subarray(HEAD + page, HEAD + page + 512), HEAD + page);
  putU32(torn, 4, u32(before, 4) + 1);
  torn.set(after.subarray(12, 20), 12);
  sealHead(torn);
  return torn;
}

/** Offsets of pages that differ, or that only the new content has. */
export function changedPages(before: Uint8Array, after: Uint8Array, unit: number): number[] {
  const pages: number[] = [];
  for (let at = HEAD; at < after.length; at += unit)
    if (Buffer.compare(before.subarray(at, at + unit), after.subarray(at, at + unit)) !== 0) pages.push(at - HEAD);
  return pages;
}

/** The first sector of a log. */
function logHead(after: Uint8Array, type: number, sequence: number): Uint8Array {
  const head = Uint8Array.from(after.subarray(0, 512));
  putU32(head, 4, sequence);
  putU32(head, 8, sequence);
  putU32(head, 28, type);
  sealHead(head);
  return head;
}

/** Old format: a bitmap of 512-byte pages, and the pages. */
export function oldLog(before: Uint8Array, after: Uint8Array): Uint8Array {
  const binsSize = u32(after, 40);
  const dirty = changedPages(before, after, 4096).flatMap((page) =>
    Array.from({ length: 8 }, (_, i) => page + i * 512),
  );
  const vectorEnd = 512 + 4 + binsSize / 512 / 8;
  const log = new Uint8Array(upTo(512, vectorEnd) + dirty.length * 512);
  log.set(logHead(after, 1, u32(before, 4) + 1));
  log.set(Buffer.from("DIRT"), 512);
  let to = upTo(512, vectorEnd);
  for (const page of dirty) {
    const bit = page / 512;
    const byte = 516 + Math.floor(bit / 8);
    log[byte] = (log[byte] as number) | (1 << (bit % 8));
    log.set(after.subarray(HEAD + page, HEAD + page + 512), to);
    to += 512;
  }
  return log;
}

/** In BigInt, as slow as it likes. */
function marvin(bytes: Uint8Array): bigint {
  const padded = new Uint8Array(upTo(4, bytes.length + 1) + 4);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  let lo = 0x884def82n;
  let hi = 0xc5554e7an;
  const rol = (x: bigint, n: bigint) => ((x << n) | (x >> (32n - n))) & MASK;
  for (let at = 0; at < padded.length; at += 4) {
    lo = (lo + BigInt(u32(padded, at))) & MASK;
    hi ^= lo;
    lo = rol(lo, 20n);
    lo = (lo + hi) & MASK;
    hi = rol(hi, 9n);
    hi ^= lo;
    lo = rol(lo, 27n);
    lo = (lo + hi) & MASK;
    hi = rol(hi, 19n);
  }
  return (hi << 32n) | lo;
}

/** Writes both hashes of an entry into it. */
export function sealEntry(entry: Uint8Array): void {
  view(entry).setBigUint64(24, marvin(entry.subarray(40)), true);
  view(entry).setBigUint64(32, marvin(entry.subarray(0, 32)), true);
}

/** One entry of the new format: what changes from one state of a hive to the next. */
export function logEntry(before: Uint8Array, after: Uint8Array, sequence: number): Uint8Array {
  const pages = changedPages(before, after, 4096);
  const entry = new Uint8Array(upTo(512, 40 + pages.length * (8 + 4096)));
  entry.set(Buffer.from("HvLE"));
  for (const [at, value] of [
    [4, entry.length],
    [8, u32(after, 144)],
    [12, sequence],
    [16, u32(after, 40)],
    [20, pages.length],
  ] as const)
    putU32(entry, at, value);
  for (const [index, page] of pages.entries()) {
    putU32(entry, 40 + index * 8, page);
    putU32(entry, 44 + index * 8, 4096);
    entry.set(after.subarray(HEAD + page, HEAD + page + 4096), 40 + pages.length * 8 + index * 4096);
  }
  sealEntry(entry);
  return entry;
}

/** New format: entries whose numbers follow on each other from `sequence` on. */
export function newLog(states: readonly Uint8Array[], sequence: number): Uint8Array {
  const entries = states.slice(1).map((after, index) => logEntry(states[index] as Uint8Array, after, sequence + index));
  return Buffer.concat([logHead(states[0] as Uint8Array, 6, sequence), ...entries]);
}
