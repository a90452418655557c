import { hash } from "node:crypto";
import { openCodec } from "#imaging/codec/codec.ts";
import { CHUNK_SIZE, CODEC, padded, RECORD, RECORD_HEADER_SIZE } from "#imaging/image/format.ts";
import { sealRecord } from "#imaging/image/record.ts";
import { PACK_BUFFER_SIZE, readPacked } from "#imaging/worker/packed-runs.ts";
import { openPositional } from "#imaging/worker/positional-io.ts";
import type { CaptureTask, SharedState } from "#imaging/worker/task.ts";

const ZEROS = Buffer.alloc(CHUNK_SIZE);

/** disk -> packed chunk -> SHA-256 -> zstd -> record at a place of its own in the file. */
export function captureChunks(task: CaptureTask, { table, counters }: SharedState, chunks: Iterable<number>): void {
  using disk = openPositional(task.disk, "r");
  using image = openPositional(task.image, "r+");
  const codec = task.level === "none" ? undefined : openCodec(task.level);
  const plain = Buffer.allocUnsafeSlow(PACK_BUFFER_SIZE);
  const record = Buffer.allocUnsafeSlow(RECORD_HEADER_SIZE + padded(CHUNK_SIZE));

  for (const chunk of chunks) {
    const packed = readPacked(disk, table, chunk, plain);
    const sha256 = hash("sha256", packed, "buffer");
    table.sha256.set(sha256, chunk * 32);

    const stored = storePayload(codec, packed, record.subarray(RECORD_HEADER_SIZE));
    const sealed = sealRecord(record, {
      type: RECORD.chunk,
      codec: stored.codec,
      region: table.region[chunk] as number,
      number: table.number[chunk] as number,
      rawLength: packed.length,
      storedLength: stored.length,
      sha256: new Uint8Array(sha256),
    });
    // Each thread reserves the room for its record; records therefore lie in no order, which the index puts right.
    const offset = Number(Atomics.add(counters, 1, BigInt(sealed.length)));
    image.write(sealed, offset);
    table.recordOffset[chunk] = offset;
    table.storedLength[chunk] = stored.length;
    table.codec[chunk] = stored.codec;
    Atomics.add(counters, 0, BigInt(packed.length));
  }
}

function storePayload(
  codec: ReturnType<typeof openCodec> | undefined,
  packed: Uint8Array,
  into: Uint8Array,
): { codec: number; length: number } {
  if (ZEROS.compare(packed, 0, packed.length, 0, packed.length) === 0) return { codec: CODEC.zero, length: 0 };
  // The window for the frame is one byte shorter than the chunk: what does not shrink is stored as it is.
  const length = codec?.compress(packed, into.subarray(0, packed.length - 1));
  if (length !== undefined) return { codec: CODEC.zstd, length };
  into.set(packed);
  return { codec: CODEC.stored, length: packed.length };
}
