import {
  BASE_BLOCK_SIZE,
  type BaseBlock,
  baseBlock,
  baseBlockChecksum,
  FILE_TYPE_PRIMARY,
  isWhole,
  sealBaseBlock,
} from "#imaging/registry/base-block.ts";
import { BIN_UNIT, MOST_BINS_SIZE } from "#imaging/registry/cell-store.ts";
import { hiveBin } from "#imaging/registry/cells.ts";
import type { HiveState } from "#imaging/registry/hive.ts";
import { hiveError } from "#imaging/registry/hive-error.ts";
import { type LogEntry, type LogPage, readLogEntries } from "#imaging/registry/new-log.ts";
import { readDirtyPages } from "#imaging/registry/old-log.ts";
import { say } from "#imaging/words/say.ts";

/** The files beside a hive: NAME.LOG1 and NAME.LOG2 since Vista, NAME.LOG before. Empty ones are no logs. */
export interface HiveLogs {
  readonly log1?: Uint8Array;
  readonly log2?: Uint8Array;
  readonly old?: Uint8Array;
}

export interface RecoveredHive {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly state: HiveState;
  /** No sequence number of the hive or of its logs is above it. */
  readonly lastSequence: number;
}

interface Log {
  readonly bytes: Uint8Array;
  readonly head: BaseBlock;
}

const OLD_TYPES: readonly number[] = [1, 2];
const NEW_TYPE = 6;
/** Of what a log may add to a hive, in times its own size. All pages of a new bin are in it, so Windows needs less. */
const MOST_GROWTH = 64;

/** A copy of a hive, made whole from its logs where it was not written to its end. @throws HIVE_DIRTY */
export function recoverHive(bytes: Uint8Array, logs: HiveLogs, file: string, allowDirty: boolean): RecoveredHive {
  const content = new Uint8Array(bytes);
  const head = baseBlock.parse(content);
  const usable = [logs.log1, logs.log2, logs.old].flatMap((log) => (log ? openLog(log) : []));
  const entries = usable.filter(({ head }) => head.fileType === NEW_TYPE).flatMap(({ bytes }) => readLogEntries(bytes));
  const lastSequence = highest([head, ...usable.map((log) => log.head)], entries);
  if (isWhole(head, content)) return { content, state: "clean", lastSequence };
  const valid = head.checksum === baseBlockChecksum(content) ? head : undefined;
  const recovered = replayEntries(content, valid, usable, entries) ?? replayOldLog(content, valid, usable);
  if (recovered) return { content: recovered, state: "recovered", lastSequence };
  if (allowDirty) return { content, state: "dirty", lastSequence };
  const { primarySequence, secondarySequence } = head;
  const problem = valid
    ? say("hive.sequence", { number: primarySequence, others: secondarySequence })
    : say("hive.checksum");
  throw hiveError("HIVE_DIRTY", file, problem);
}

function openLog(bytes: Uint8Array): Log[] {
  if (bytes.length < baseBlock.size || Buffer.from(bytes.subarray(0, 4)).toString("latin1") !== "regf") return [];
  const head = baseBlock.parse(bytes);
  return isWhole(head, bytes) ? [{ bytes, head }] : [];
}

/** Sequence numbers go round; those near the highest number count as they are. */
function highest(heads: readonly BaseBlock[], entries: readonly LogEntry[]): number {
  let last = 0;
  for (const { primarySequence, secondarySequence } of heads) last = Math.max(last, primarySequence, secondarySequence);
  for (const { sequence } of entries) last = Math.max(last, sequence);
  return last;
}

/** Takes over the entries from the hive's secondary sequence number on, as long as one follows on the other. */
function replayEntries(
  content: Uint8Array<ArrayBuffer>,
  valid: BaseBlock | undefined,
  logs: readonly Log[],
  entries: readonly LogEntry[],
): Uint8Array<ArrayBuffer> | undefined {
  const bySequence = new Map<number, LogEntry>();
  for (const entry of entries) if (!bySequence.has(entry.sequence)) bySequence.set(entry.sequence, entry);
  const base = valid ? undefined : baseFor(logs, bySequence);
  let sequence = valid?.secondarySequence ?? base?.head.secondarySequence ?? -1;
  let entry = bySequence.get(sequence);
  if (!entry) return undefined;
  let result = content;
  if (base) result.set(base.bytes.subarray(0, baseBlock.size));
  const logBytes = logs.reduce((sum, { bytes }) => sum + bytes.length, 0);
  for (; entry; sequence++, entry = bySequence.get(sequence)) {
    const resized = roomFor(result, entry.binsSize, logBytes);
    if (!resized) break;
    result = resized;
    putPages(result, entry.pages);
    putHead(result, entry);
  }
  return result;
}

/** Of two logs that begin one where the other ends, the older one has the base block to begin with. */
function baseFor(logs: readonly Log[], entries: ReadonlyMap<number, LogEntry>): Log | undefined {
  const sorted = logs
    .filter(({ head }) => head.fileType === NEW_TYPE)
    .sort((left, right) => left.head.secondarySequence - right.head.secondarySequence);
  const newest = sorted.at(-1);
  return sorted.find(({ head }) => {
    for (let at = head.secondarySequence; at < (newest as Log).head.secondarySequence; at++)
      if (!entries.has(at)) return false;
    return true;
  });
}

/** Takes over the log that was written when the hive was (`Old format`, `Base block`, notes 2 to 4). */
function replayOldLog(
  content: Uint8Array<ArrayBuffer>,
  valid: BaseBlock | undefined,
  logs: readonly Log[],
): Uint8Array<ArrayBuffer> | undefined {
  const { timestamp } = hiveBin.fields;
  const written = valid?.lastWritten ?? timestamp.read(new DataView(content.buffer), BASE_BLOCK_SIZE + timestamp.at);
  for (const { bytes, head } of logs) {
    if (!OLD_TYPES.includes(head.fileType) || head.lastWritten !== written) continue;
    if (head.binsSize === 0 || head.binsSize % BIN_UNIT !== 0) continue;
    const pages = readDirtyPages(bytes, head);
    const result = pages && roomFor(content, head.binsSize, bytes.length);
    if (!pages || !result) continue;
    result.set(bytes.subarray(0, baseBlock.size));
    putPages(result, pages);
    putHead(result, { binsSize: head.binsSize, flags: head.flags, sequence: head.secondarySequence });
    return result;
  }
  return undefined;
}

/** The hive with room for that many bytes of bins; what was behind stays. Undefined for more than its log can tell of. */
function roomFor(content: Uint8Array<ArrayBuffer>, binsSize: number, logBytes: number) {
  const length = BASE_BLOCK_SIZE + binsSize;
  if (length <= content.length) return content;
  if (binsSize > MOST_BINS_SIZE || length > content.length + logBytes * MOST_GROWTH) return undefined;
  const larger = new Uint8Array(length);
  larger.set(content);
  return larger;
}

function putPages(content: Uint8Array, pages: readonly LogPage[]): void {
  for (const { offset, bytes } of pages) content.set(bytes, BASE_BLOCK_SIZE + offset);
}

function putHead(
  content: Uint8Array<ArrayBuffer>,
  { binsSize, flags, sequence }: Pick<LogEntry, "binsSize" | "flags" | "sequence">,
): void {
  const { fields } = baseBlock;
  const view = new DataView(content.buffer);
  fields.primarySequence.write(view, fields.primarySequence.at, sequence);
  fields.secondarySequence.write(view, fields.secondarySequence.at, sequence);
  fields.fileType.write(view, fields.fileType.at, FILE_TYPE_PRIMARY);
  fields.binsSize.write(view, fields.binsSize.at, binsSize);
  fields.flags.write(view, fields.flags.at, flags);
  sealBaseBlock(content.subarray(0, baseBlock.size));
}
