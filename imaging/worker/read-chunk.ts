import { hash } from "node:crypto";
import { openCodec } from "#imaging/codec/codec.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE, CODEC, padded, RECORD, RECORD_HEADER_SIZE, recordSpan } from "#imaging/image/format.ts";
import { checkRecord } from "#imaging/image/record.ts";
import { openSealed, type RecordKey } from "#imaging/image/sealed-record.ts";
import { alignedBuffer } from "#imaging/worker/direct-io.ts";
import type { PositionalFile } from "#imaging/worker/positional-io.ts";

/** A chunk that passed every check, or what is wrong with it. */
export type ChunkRead = { readonly plain: Uint8Array } | { readonly problem: string };

/** Reads chunks of an image and checks record, frame and hash. One per thread: it reuses its buffers. */
export function chunkReader(image: PositionalFile, key?: RecordKey): (table: ChunkTable, chunk: number) => ChunkRead {
  const codec = openCodec("normal");
  const buffer = Buffer.allocUnsafeSlow(2 * RECORD_HEADER_SIZE + padded(CHUNK_SIZE));
  const plain = alignedBuffer(CHUNK_SIZE);

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
    const rawLength = table.rawLength[chunk] as number;
    if (
      header.type !== RECORD.chunk ||
      header.region !== table.region[chunk] ||
      header.number !== table.number[chunk] ||
      header.codec !== table.codec[chunk] ||
      header.rawLength !== rawLength ||
      header.storedLength !== storedLength
    )
      return { problem: "its header belongs to another chunk" };

    const stored = record.subarray(RECORD_HEADER_SIZE, RECORD_HEADER_SIZE + storedLength);
    const expanded = expand(header.codec, stored, plain.subarray(0, rawLength));
    if (expanded === undefined) return { problem: "its data cannot be expanded" };
    const wanted = table.sha256.subarray(chunk * 32, chunk * 32 + 32);
    const found = hash("sha256", expanded, "buffer");
    if (found.compare(wanted) !== 0 || found.compare(header.sha256) !== 0)
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
