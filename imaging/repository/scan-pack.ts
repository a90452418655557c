import { type FileHandle, open } from "node:fs/promises";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import {
  CHUNK_SIZE,
  HEADER_SIZE,
  padded,
  RECORD,
  RECORD_ALIGNMENT,
  RECORD_HEADER_SIZE,
  type RecordHeader,
} from "#imaging/image/format.ts";
import { parseHeader } from "#imaging/image/header.ts";
import { checkHeader, checkRecord } from "#imaging/image/record.ts";
import { openSealed, type RecordKey } from "#imaging/image/sealed-record.ts";
import { errnoReason } from "#imaging/system/errno.ts";

/** A chunk in a pack. */
export interface ScannedChunk extends Pick<RecordHeader, "codec" | "storedLength" | "rawLength" | "sha256"> {
  /** Where its record starts in the file. */
  readonly offset: number;
  /** Bytes that it takes there. */
  readonly span: number;
}

export interface ScanOptions {
  readonly recordKey: RecordKey | undefined;
  /** Stop before this byte; default: the end of the file. */
  readonly end?: number;
  /** Read and check what the records hold too. Of an encrypted repository that is always done. */
  readonly payloads?: boolean;
  /** Told of bytes that are no whole record. */
  readonly onGap?: (offset: number, problem: string) => void;
}

/** Header, payload and padding of the longest record, sealed. */
const LONGEST = 2 * RECORD_HEADER_SIZE + padded(CHUNK_SIZE);

/**
 * The chunks of a pack by what their records say, without an index. Behind a damaged record it searches for the next
 * one, as docs/format/image.md has it. @throws OPEN_FAILED, READ_FAILED
 */
export async function* scanPack(path: string, options: ScanOptions): AsyncGenerator<ScannedChunk, void, undefined> {
  await using file = await open(path, "r").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
  });
  const end = Math.min(options.end ?? Number.POSITIVE_INFINITY, (await file.stat()).size);
  const whole = options.payloads === true || options.recordKey !== undefined;
  const header = await read(file, path, 0, HEADER_SIZE);
  const problem = problemOfHeader(header, path);
  if (problem !== undefined) options.onGap?.(0, problem);
  let isInGap = false;
  for (let offset = HEADER_SIZE; offset + RECORD_HEADER_SIZE <= end; ) {
    const found = await recordAt(file, path, { offset, end, whole, recordKey: options.recordKey });
    if (!("problem" in found)) yield found;
    if ("problem" in found && !isInGap) options.onGap?.(offset, found.problem);
    isInGap = "problem" in found && found.span === RECORD_ALIGNMENT;
    offset = isInGap ? await nextHeader(file, path, offset + RECORD_ALIGNMENT, end) : offset + found.span;
  }
}

interface Place {
  readonly offset: number;
  readonly end: number;
  readonly whole: boolean;
  readonly recordKey: RecordKey | undefined;
}

/** @returns the chunk, or what is wrong and how far to go on */
async function recordAt(
  file: FileHandle,
  path: string,
  { offset, end, whole, recordKey }: Place,
): Promise<ScannedChunk | { problem: string; span: number }> {
  const head = await read(file, path, offset, RECORD_HEADER_SIZE);
  const outer = checkHeader(head);
  if ("problem" in outer) return { ...outer, span: RECORD_ALIGNMENT };
  const span = RECORD_HEADER_SIZE + padded(outer.storedLength);
  if (span > LONGEST || offset + span > end) return { problem: "a record is cut off", span: RECORD_ALIGNMENT };
  let header: RecordHeader = outer;
  if (whole) {
    const bytes = await read(file, path, offset, span);
    const record = recordKey ? openSealed(bytes, recordKey) : bytes;
    const checked = "problem" in record ? record : checkRecord(record);
    if ("problem" in checked) return { problem: checked.problem, span };
    header = checked;
  }
  if (header.type !== RECORD.chunk) return { problem: "a record is not that of a chunk", span };
  const { codec, storedLength, rawLength, sha256 } = header;
  return { codec, storedLength, rawLength, sha256, offset, span };
}

/** Its records are found without it, but a pack whose header is damaged is on a medium that is. */
function problemOfHeader(page: Uint8Array, path: string): string | undefined {
  try {
    parseHeader(page, path);
    return undefined;
  } catch (error) {
    return isLifeboatError(error) ? error.text : String(error);
  }
}

const SEARCHED_AT_ONCE = 1 << 20;
const MAGIC = "LBRC";

/** Where the next whole header is. A pack that was overwritten must not cost a read for every 16 bytes. */
async function nextHeader(file: FileHandle, path: string, from: number, end: number): Promise<number> {
  for (let at = from; at + RECORD_HEADER_SIZE <= end; at += SEARCHED_AT_ONCE) {
    // The last header can begin in this block and end in the next one.
    const length = Math.min(SEARCHED_AT_ONCE + RECORD_HEADER_SIZE, end - at);
    const block = Buffer.from((await read(file, path, at, length)).buffer, 0, length);
    for (let i = block.indexOf(MAGIC); i >= 0 && i + RECORD_HEADER_SIZE <= length; i = block.indexOf(MAGIC, i + 1))
      if (i % RECORD_ALIGNMENT === 0 && !("problem" in checkHeader(block.subarray(i, i + RECORD_HEADER_SIZE))))
        return at + i;
  }
  return end;
}

async function read(file: FileHandle, path: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset).catch((cause: Error) => {
    throw new LifeboatError("READ_FAILED", { device: path, offset, reason: errnoReason(cause) }, { cause });
  });
  return bytes.subarray(0, bytesRead);
}
