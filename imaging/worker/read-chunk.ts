import { hash } from "node:crypto";
import { type Codec, openCodec } from "#imaging/codec/codec.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import {
  CHUNK_SIZE,
  CODEC,
  padded,
  RECORD,
  RECORD_HEADER_SIZE,
  type RecordHeader,
  recordSpan,
} from "#imaging/image/format.ts";
import { checkRecord } from "#imaging/image/record.ts";
import { openSealed } from "#imaging/image/sealed-record.ts";
import type { ImagePlace } from "#imaging/image/volumes.ts";
import { alignedBuffer } from "#imaging/worker/direct-io.ts";
import { DiskIoError, type PositionalFile } from "#imaging/worker/positional-io.ts";

type Problem = { readonly problem: string };

/** A chunk's record as it is stored: header and payload match their checksums, and the index. */
export type RecordRead = (Pick<RecordHeader, "codec" | "rawLength"> & { readonly stored: Uint8Array }) | Problem;

/** A chunk that passed every check, also as it is stored; or what is wrong with it. */
export type ChunkRead =
  | (Pick<RecordHeader, "codec"> & { readonly plain: Uint8Array; readonly stored: Uint8Array })
  | Problem;

/** Reads records of chunks and expands nothing. One per thread: it reuses its buffer. */
export function recordReader(
  file: PositionalFile,
  { recordKey, packs }: Pick<ImagePlace, "recordKey" | "packs">,
): (table: ChunkTable, chunk: number) => RecordRead {
  const buffer = Buffer.allocUnsafeSlow(2 * RECORD_HEADER_SIZE + padded(CHUNK_SIZE));
  return packs ? sharedRecord : ownRecord;

  /** A chunk of a repository belongs to no place of a disk. One of zeros has no record, and one that is lost no address. */
  function sharedRecord(table: ChunkTable, chunk: number): RecordRead {
    const rawLength = table.rawLength[chunk] as number;
    if (table.codec[chunk] === CODEC.zero) return { codec: CODEC.zero, rawLength, stored: buffer.subarray(0, 0) };
    if (table.recordOffset[chunk] === 0) return { problem: "the repository has lost the pack with its data" };
    try {
      return read(table, chunk, 0, 0);
    } catch (error) {
      if (error instanceof DiskIoError && error.errno === "EOF") return { problem: `${error.path} is cut off` };
      throw error;
    }
  }

  function ownRecord(table: ChunkTable, chunk: number): RecordRead {
    return read(table, chunk, table.region[chunk] as number, table.number[chunk] as number);
  }

  function read(table: ChunkTable, chunk: number, region: number, number: number): RecordRead {
    const storedLength = table.storedLength[chunk] as number;
    const span = recordSpan(storedLength, recordKey !== undefined);
    if (span > buffer.length) return { problem: "its length cannot be right" };
    const bytes = buffer.subarray(0, span);
    file.read(bytes, table.recordOffset[chunk] as number);
    const record = recordKey ? openSealed(bytes, recordKey) : bytes;
    if ("problem" in record) return record;
    const header = checkRecord(record);
    if ("problem" in header) return header;
    if (
      header.type !== RECORD.chunk ||
      header.region !== region ||
      header.number !== number ||
      header.codec !== table.codec[chunk] ||
      header.rawLength !== table.rawLength[chunk] ||
      header.storedLength !== storedLength ||
      hashOf(table, chunk).compare(header.sha256) !== 0
    )
      return { problem: "its header belongs to another chunk" };
    const stored = record.subarray(RECORD_HEADER_SIZE, RECORD_HEADER_SIZE + storedLength);
    return { codec: header.codec, rawLength: header.rawLength, stored };
  }
}

/** Reads chunks of an image and checks record, frame and hash. One per thread: it reuses its buffers. */
export function chunkReader(
  file: PositionalFile,
  place: Pick<ImagePlace, "recordKey" | "packs">,
): (table: ChunkTable, chunk: number) => ChunkRead {
  const readRecord = recordReader(file, place);
  const codec = openCodec("normal");
  const plain = alignedBuffer(CHUNK_SIZE);

  return (table, chunk) => {
    const record = readRecord(table, chunk);
    if ("problem" in record) return record;
    const expanded = plain.subarray(0, record.rawLength);
    if (expand(codec, record, expanded, expanded.length) !== expanded.length) return CANNOT_EXPAND;
    if (hash("sha256", expanded, "buffer").compare(hashOf(table, chunk)) !== 0)
      return { problem: "its content does not match its SHA-256" };
    return { plain: expanded, codec: record.codec, stored: record.stored };
  };
}

/**
 * Reads the starts of chunks: `least` bytes of one or more, into a buffer of its length. Record and frame are checked and
 * no SHA-256 is computed: the CRC-32 of what is stored tells damage. @returns bytes that are there
 */
export function chunkStartReader(
  file: PositionalFile,
  place: Pick<ImagePlace, "recordKey" | "packs">,
): (table: ChunkTable, chunk: number, into: Uint8Array, least: number) => number | Problem {
  const readRecord = recordReader(file, place);
  const codec = openCodec("normal");
  return (table, chunk, into, least) => {
    const record = readRecord(table, chunk);
    if ("problem" in record) return record;
    const length = expand(codec, record, into, least);
    return length !== undefined && length >= least ? length : CANNOT_EXPAND;
  };
}

const CANNOT_EXPAND: Problem = { problem: "its data cannot be expanded" };

/** @param into of the chunk's length. @returns how many bytes are there, `least` or more; undefined when they cannot be */
function expand(
  codec: Codec,
  { codec: kind, stored }: Exclude<RecordRead, Problem>,
  into: Uint8Array,
  least: number,
): number | undefined {
  if (kind === CODEC.zero) return stored.length === 0 ? into.fill(0).length : undefined;
  // Copied: the payload stands behind a header, where no direct write can take it from.
  if (kind === CODEC.stored) {
    if (stored.length !== into.length) return undefined;
    into.set(stored);
    return into.length;
  }
  try {
    return least === into.length ? codec.expand(stored, into) : codec.expandStart(stored, into, least);
  } catch {
    return undefined;
  }
}

const hashOf = ({ sha256 }: ChunkTable, chunk: number): Buffer =>
  Buffer.from(sha256.buffer, sha256.byteOffset + chunk * 32, 32);
