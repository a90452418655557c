import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { readWithin } from "#imaging/filesystem/volume.ts";
import { blockOffset, type XfsLayout } from "#imaging/filesystem/xfs/layout.ts";
import { LOG_MAGIC, logOperation, logRecord, OPERATION, VERSION } from "#imaging/filesystem/xfs/structs.ts";

const SECTOR = 512;
/** Eight log buffers of at most 256 KiB may be under way at once, and reach the disk in any order. */
const IN_FLIGHT = (8 * (256 << 10)) / SECTOR;
const HEADER_COVERS = 32 << 10;
/** Of the log that is looked at at once. */
const PIECE = (64 << 10) / SECTOR;

/**
 * Whether the log ends with an unmount record, so that all it holds is in its place already. As xlog_find_tail() in
 * the kernel's fs/xfs/xfs_log_recover.c, which xfs_repair shares, but stricter: where the surroundings of the head
 * look torn, the kernel decides what to believe, and we say no.
 * @throws FILESYSTEM_DAMAGED when the log would lie outside the volume
 */
export async function isLogClean(volume: ReadableDevice, layout: XfsLayout): Promise<boolean> {
  const log = openLog(volume, layout);
  const head = await findHead(log);
  return head !== undefined && (await isSettledAround(log, head)) && endsWithUnmount(log, layout, head);
}

interface Log {
  /** Sectors of 512 bytes, whatever those of the disk are. */
  readonly length: number;
  /** @param into to be used again and again */
  read(first: number, count: number, into?: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  cycle(sector: number): Promise<number>;
}

function openLog(volume: ReadableDevice, layout: XfsLayout): Log {
  const { sb, blockSize } = layout;
  const start = blockOffset(layout, sb.logStart);
  const read: Log["read"] = (first, count, into) =>
    readWithin(volume, "xfs", start + first * SECTOR, count * SECTOR, "the log", into?.subarray(0, count * SECTOR));
  return {
    length: (sb.logBlocks * blockSize) / SECTOR,
    read,
    cycle: async (sector) => cycleAt(await read(sector, 1), 0),
  };
}

/** Every sector starts with the cycle in which it was written, record headers with their magic before it. */
function cycleAt(bytes: Uint8Array, offset: number): number {
  const first = wordAt(bytes, offset);
  return first === LOG_MAGIC ? wordAt(bytes, offset + 4) : first;
}

/** Big-endian, of a buffer that is there. Not by a DataView: it is asked for each of thousands of sectors. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)) >>>
  0;

interface Head {
  /** The sector that is written next, 1 to the log's length. */
  readonly sector: number;
  /** Cycle of the sectors before it, and from it on. */
  readonly before: number;
  readonly after: number;
}

/** @returns undefined when the log is all zeros, or its cycles are not in the order that writing it leaves. */
async function findHead(log: Log): Promise<Head | undefined> {
  if (log.length < 2) return undefined;
  const before = await log.cycle(0);
  const after = await log.cycle(log.length - 1);
  if (before === 0) return undefined;
  if (before === after) return { sector: log.length, before, after };
  if (after !== before - 1) return undefined;
  let low = 0;
  let high = log.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((await log.cycle(middle)) === before) low = middle;
    else high = middle;
  }
  return { sector: high, before, after };
}

/** Whether no sector near the head bears a cycle out of order, as writes cut short by a crash leave them. */
async function isSettledAround(log: Log, head: Head): Promise<boolean> {
  const reach = Math.min(IN_FLIGHT, Math.floor(log.length / 2));
  const piece = new Uint8Array(PIECE * SECTOR);
  for (const [first, end] of [
    [Math.max(0, head.sector - reach), Math.min(log.length, head.sector + reach)],
    [log.length + Math.min(0, head.sector - reach), log.length],
    [0, head.sector + reach - log.length],
  ] as const) {
    for (let from = first; from < end; from += PIECE) {
      const count = Math.min(PIECE, end - from);
      const sectors = await log.read(from, count, piece);
      for (let i = 0; i < count; i++) {
        const expected = from + i < head.sector ? head.before : head.after;
        if (cycleAt(sectors, i * SECTOR) !== expected) return false;
      }
    }
  }
  return true;
}

/** The last record before the head must be the unmount record, alone in it, and end at the head. */
async function endsWithUnmount(log: Log, layout: XfsLayout, head: Head): Promise<boolean> {
  const at = await findLastRecord(log, head.sector);
  if (at === undefined) return false;
  const record = logRecord.parse(await log.read(at, 1));
  const cycle = at < head.sector ? head.before : head.after;
  if (record.cycle !== cycle || record.lsnCycle !== cycle || record.lsnBlock !== at) return false;
  if (record.uuid !== layout.sb.uuid || record.operations !== 1) return false;
  const wide = (layout.sb.version & VERSION.logV2) !== 0 && (record.version & 2) !== 0;
  const headers = wide ? Math.max(1, Math.ceil(record.bufferSize / HEADER_COVERS)) : 1;
  const end = at + headers + Math.ceil(record.length / SECTOR);
  if (end > at + IN_FLIGHT || end % log.length !== head.sector % log.length) return false;
  const operation = logOperation.parse(await log.read((at + headers) % log.length, 1));
  return (operation.flags & OPERATION.unmount) !== 0;
}

/** Goes back from the head, round the start of the log if need be, by no more than one record may be long. */
async function findLastRecord(log: Log, head: number): Promise<number | undefined> {
  const reach = Math.min(IN_FLIGHT, log.length);
  for (let back = 1; back <= reach; back++) {
    const sector = (head - back + log.length) % log.length;
    const start = await log.read(sector, 1);
    if (new DataView(start.buffer).getUint32(0) === LOG_MAGIC) return sector;
  }
  return undefined;
}
