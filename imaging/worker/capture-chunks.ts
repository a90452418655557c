import { hash } from "node:crypto";
import { openCodec } from "#imaging/codec/codec.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CHUNK_SIZE, CODEC, padded, RECORD, RECORD_HEADER_SIZE, recordSpan } from "#imaging/image/format.ts";
import { finishRecord } from "#imaging/image/record.ts";
import { sealRecord } from "#imaging/image/sealed-record.ts";
import { type ImagePlace, openPlace, roomAt } from "#imaging/image/volumes.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { isDeviceGone } from "#imaging/salvage/device-gone.ts";
import { readPatiently } from "#imaging/salvage/patient-read.ts";
import { PACK_BUFFER_SIZE, readPacked } from "#imaging/worker/packed-runs.ts";
import { openPositional, type PositionalFile } from "#imaging/worker/positional-io.ts";
import type { CaptureTask, ChunkWork, SharedState } from "#imaging/worker/task.ts";

const ZEROS = Buffer.alloc(CHUNK_SIZE);

/** disk -> packed chunk -> SHA-256 -> zstd -> (AES) -> record at a place of its own in the image. */
export function captureWork(task: CaptureTask, onBad: (bad: BadExtent) => void): ChunkWork {
  const source = openPositional(task.disk, "r");
  const image = openPlace(task.image, "r+");
  const codec = task.level === "none" ? undefined : openCodec(task.level);
  const plain = Buffer.allocUnsafeSlow(PACK_BUFFER_SIZE);
  const buffer = Buffer.allocUnsafeSlow(2 * RECORD_HEADER_SIZE + padded(CHUNK_SIZE));
  const record = buffer.subarray(RECORD_HEADER_SIZE);
  const { recordKey } = task.image;

  const captureChunk = (state: SharedState, chunk: number): void => {
    const { table, counters, control } = state;
    const isStopped = () => Atomics.load(control, 1) === 1;
    const bad: BadExtent[] = [];
    const { sectorSize, budget } = task;
    const patience = { sectorSize, budget, isStopped, isGone: () => isDeviceGone(task.disk) };
    const disk: PositionalFile = {
      ...source,
      read: (into, offset) => void bad.push(...readPatiently(source, into, offset, patience)),
    };
    const packed = readPacked(disk, table, chunk, plain);
    // What a stopped reader gave up is not bad: the chunk is not done.
    if (bad.length > 0 && isStopped()) return;
    for (const extent of insideRuns(table, chunk, bad)) onBad(extent);
    const sha256 = hash("sha256", packed, "buffer");
    table.sha256.set(sha256, chunk * 32);
    const stored = storePayload(codec, packed, record.subarray(RECORD_HEADER_SIZE));
    const finished = finishRecord(record, {
      type: RECORD.chunk,
      codec: stored.codec,
      region: table.region[chunk] as number,
      number: table.number[chunk] as number,
      rawLength: packed.length,
      storedLength: stored.length,
      sha256: new Uint8Array(sha256),
    });
    const bytes = recordKey ? sealRecord(buffer, finished.length, recordKey) : finished;
    const offset = reserveRoom(counters, task.image, recordSpan(stored.length, recordKey !== undefined));
    table.recordOffset[chunk] = offset;
    table.storedLength[chunk] = stored.length;
    table.codec[chunk] = stored.codec;
    image.write(bytes, offset);
    Atomics.add(counters, 0, BigInt(packed.length));
  };
  return {
    run(state, chunks) {
      for (const chunk of chunks) captureChunk(state, chunk);
    },
    [Symbol.dispose]() {
      source[Symbol.dispose]();
      image[Symbol.dispose]();
    },
  };
}

/** Gaps between runs are read with them and left out: what is bad there is not missed. */
function* insideRuns(table: ChunkTable, chunk: number, bad: readonly BadExtent[]): Generator<BadExtent> {
  for (const extent of bad)
    for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++) {
      const offset = table.runOffset[run] as number;
      const start = Math.max(extent.start, offset);
      const end = Math.min(extent.end, offset + (table.runLength[run] as number));
      if (start < end) yield { ...extent, start, end };
    }
}

/** Each thread reserves the room for its record; records therefore lie in no order, which the index puts right. */
function reserveRoom(counters: BigInt64Array, place: ImagePlace, span: number): number {
  for (;;) {
    const end = Atomics.load(counters, 1);
    const room = roomAt(place, Number(end), span);
    if (Atomics.compareExchange(counters, 1, end, BigInt(room + span)) === end) return room;
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
