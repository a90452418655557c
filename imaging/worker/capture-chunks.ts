import { hash } from "node:crypto";
import { openCodec } from "#imaging/codec/codec.ts";
import { CHUNK_SIZE, CODEC, padded, RECORD, RECORD_HEADER_SIZE, recordSpan } from "#imaging/image/format.ts";
import { finishRecord } from "#imaging/image/record.ts";
import { sealRecord } from "#imaging/image/sealed-record.ts";
import { type ImagePlace, openPlace, roomAt } from "#imaging/image/volumes.ts";
import { openKnownChunks } from "#imaging/repository/known-chunks.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { PACK_BUFFER_SIZE } from "#imaging/worker/packed-runs.ts";
import { openPatientSource } from "#imaging/worker/patient-source.ts";
import type { CaptureTask, ChunkWork, SharedState } from "#imaging/worker/task.ts";

const ZEROS = Buffer.alloc(CHUNK_SIZE);

/** disk -> packed chunk -> SHA-256 -> zstd -> (AES) -> record at a place of its own in the image. */
export function captureWork(task: CaptureTask, onBad: (bad: BadExtent) => void): ChunkWork {
  const source = openPatientSource(task, onBad);
  const image = openPlace(task.chunks, "r+");
  const known = task.shared && openKnownChunks(task.shared);
  const codec = task.level === "none" ? undefined : openCodec(task.level);
  const plain = Buffer.allocUnsafeSlow(PACK_BUFFER_SIZE);
  const buffer = Buffer.allocUnsafeSlow(2 * RECORD_HEADER_SIZE + padded(CHUNK_SIZE));
  const record = buffer.subarray(RECORD_HEADER_SIZE);
  const { recordKey } = task.chunks;

  const captureChunk = (state: SharedState, chunk: number): void => {
    const { table, counters } = state;
    const packed = source.read(state, chunk, plain);
    if (!packed) return;
    const sha256 = hash("sha256", packed, "buffer");
    table.sha256.set(sha256, chunk * 32);
    if (isZero(packed)) table.codec[chunk] = CODEC.zero;
    // In a repository zeros need no record, and what it has needs none either.
    const isStored = !known || (table.codec[chunk] !== CODEC.zero && known.isNew(sha256));
    if (isStored) storeChunk(state, chunk, packed, new Uint8Array(sha256));
    Atomics.add(counters, 0, BigInt(packed.length));
  };
  const storeChunk = (
    { table, counters }: SharedState,
    chunk: number,
    packed: Uint8Array,
    sha256: Uint8Array<ArrayBuffer>,
  ) => {
    const stored = storePayload(codec, packed, record.subarray(RECORD_HEADER_SIZE));
    const finished = finishRecord(record, {
      type: RECORD.chunk,
      codec: stored.codec,
      // A chunk of a repository belongs to no place of a disk.
      region: known ? 0 : (table.region[chunk] as number),
      number: known ? 0 : (table.number[chunk] as number),
      rawLength: packed.length,
      storedLength: stored.length,
      sha256,
    });
    const bytes = recordKey ? sealRecord(buffer, finished.length, recordKey) : finished;
    const offset = reserveRoom(counters, task.chunks, recordSpan(stored.length, recordKey !== undefined));
    table.recordOffset[chunk] = offset;
    table.storedLength[chunk] = stored.length;
    table.codec[chunk] = stored.codec;
    image.write(bytes, offset);
  };
  return {
    run(state, chunks) {
      for (const chunk of chunks) captureChunk(state, chunk);
    },
    [Symbol.dispose]() {
      source[Symbol.dispose]();
      image[Symbol.dispose]();
      known?.[Symbol.dispose]();
    },
  };
}

/** Each thread reserves the room for its record; records therefore lie in no order, which the index puts right. */
function reserveRoom(counters: BigInt64Array, place: ImagePlace, span: number): number {
  for (;;) {
    const end = Atomics.load(counters, 1);
    const room = roomAt(place, Number(end), span);
    if (Atomics.compareExchange(counters, 1, end, BigInt(room + span)) === end) return room;
  }
}

const isZero = (packed: Uint8Array): boolean => ZEROS.compare(packed, 0, packed.length, 0, packed.length) === 0;

function storePayload(
  codec: ReturnType<typeof openCodec> | undefined,
  packed: Uint8Array,
  into: Uint8Array,
): { codec: number; length: number } {
  if (isZero(packed)) return { codec: CODEC.zero, length: 0 };
  // The window for the frame is one byte shorter than the chunk: what does not shrink is stored as it is.
  const length = codec?.compress(packed, into.subarray(0, packed.length - 1));
  if (length !== undefined) return { codec: CODEC.zstd, length };
  into.set(packed);
  return { codec: CODEC.stored, length: packed.length };
}
