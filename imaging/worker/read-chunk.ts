import { hash } from "node:crypto";
import { openCodec } from "#imaging/codec/codec.ts";
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
import { openSealed, type RecordKey } from "#imaging/image/sealed-record.ts";
import { alignedBuffer } from "#imaging/worker/direct-io.ts";
import type { PositionalFile } from "#imaging/worker/positional-io.ts";

type Problem = { readonly problem: string };

/** A chunk's record as it is stored: header and payload match their checksums, and the index. */
export type RecordRead = { readonly header: RecordHeader; readonly stored: Uint8Array } | Problem;

/** A chunk that passed every check, or what is wrong with it. */
export type ChunkRead = { readonly plain: Uint8Array } | Problem;

/** Reads records of chunks and expands nothing. One per thread: it reuses its buffer. */
export function recordReader(image: PositionalFile, key?: RecordKey): (table: ChunkTable, chunk: number) => RecordRead {
  const buffer = Buffer.allocUnsafeSlow(2 * RECORD_HEADER_SIZE + padded(CHUNK_SIZE));
  return (table, chunk) => {
    const storedLength = table.storedLength[chunk] as number;
    const span = recordSpan(storedLength, key !== undefined);
    if (span > buffer.length) return { problem: "its length cannot be right" };
    const bytes = buffer.subarray(0, span);
    image.read(bytes, table.recordOffset[chunk] as number);
    const record = key ? openSealed(bytes, key) : bytes;
    if ("problem" in record) return record;
    const header = checkRecord(record);
    if ("problem" in header) return header;
    if (
      header.type !== RECORD.chunk ||
      header.region !== table.region[chunk] ||
      header.number !== table.number[chunk] ||
      header.codec !== table.codec[chunk] ||
      header.rawLength !== table.rawLength[chunk] ||
      header.storedLength !== storedLength ||
      hashOf(table, chunk).compare(header.sha256) !== 0
    )
      return { problem: "its header belongs to another chunk" };
    return { header, stored: record.subarray(RECORD_HEADER_SIZE, RECORD_HEADER_SIZE + storedLength) };
  };
}

/** Reads chunks of an image and checks record, frame and hash. One per thread: it reuses its buffers. */
export function chunkReader(image: PositionalFile, key?: RecordKey): (table: ChunkTable, chunk: number) => ChunkRead {
  const readRecord = recordReader(image, key);
  const codec = openCodec("normal");
  const plain = alignedBuffer(CHUNK_SIZE);

  return (table, chunk) => {
    const record = readRecord(table, chunk);
    if ("problem" in record) return record;
    const { header, stored } = record;
    const expanded = expand(header.codec, stored, plain.subarray(0, header.rawLength));
    if (expanded === undefined) return { problem: "its data cannot be expanded" };
    if (hash("sha256", expanded, "buffer").compare(hashOf(table, chunk)) !== 0)
      return { problem: "its content does not match its SHA-256" };
    return { plain: expanded };
  };

  function expand(kind: number, stored: Uint8Array, into: Uint8Array): Uint8Array | undefined {
    if (kind === CODEC.zero) return stored.length === 0 ? into.fill(0) : undefined;
    // Copied: the payload stands behind a header, where no direct write can take it from.
    if (kind === CODEC.stored) {
      if (stored.length !== into.length) return undefined;
      into.set(stored);
      return into;
    }
    try {
      return codec.expand(stored, into) === into.length ? into : undefined;
    } catch {
      return undefined;
    }
  }
}

const hashOf = ({ sha256 }: ChunkTable, chunk: number): Buffer =>
  Buffer.from(sha256.buffer, sha256.byteOffset + chunk * 32, 32);
