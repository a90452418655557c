import { hash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { ReadDone, ReaderInput, ReadJob } from "#imaging/clone/remote/read-job.ts";
import { BAD_STATES, badRange, cloneAnswer, MOST_BAD, MOST_READ, WIRE_CODEC } from "#imaging/clone/remote/wire.ts";
import { openCodec } from "#imaging/codec/codec.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { isDeviceGone } from "#imaging/salvage/device-gone.ts";
import { readPatiently } from "#imaging/salvage/patient-read.ts";
import { readPacked } from "#imaging/worker/packed-runs.ts";
import { DiskIoError, openPositional } from "#imaging/worker/positional-io.ts";

/**
 * One thread of the serving side of a clone: it reads the disk, hashes or compresses, and leaves the answer in memory that
 * the main thread sends it from.
 */
const { disk, sectorSize, budget } = workerData as ReaderInput;
const source = openPositional(disk, "r");
const codec = openCodec("fastest");
const plain = Buffer.allocUnsafeSlow(MOST_READ);

function read({ offset, length, patient, slot }: Extract<ReadJob, { kind: "read" }>): ReadDone {
  const data = plain.subarray(0, length);
  let bad: BadExtent[] = [];
  if (patient) bad = readPatiently(source, data, offset, { sectorSize, budget, isGone: () => isDeviceGone(disk) });
  else source.read(data, offset);
  if (bad.length > MOST_BAD) throw new Error(`${bad.length} bad ranges in a MiB`);
  for (const [i, { start, end, state }] of bad.entries()) {
    const bytes = badRange.serialise({ start, end, state: BAD_STATES.indexOf(state) });
    new Uint8Array(slot).set(bytes, cloneAnswer.size + i * badRange.size);
  }
  const room = new Uint8Array(slot, cloneAnswer.size + bad.length * badRange.size);
  // A byte less than the data: what does not shrink goes as it is.
  const packed = codec.compress(data, room.subarray(0, length - 1));
  if (packed === undefined) room.set(data);
  const [kind, storedLength] = packed === undefined ? [WIRE_CODEC.stored, length] : [WIRE_CODEC.zstd, packed];
  return { codec: kind, rawLength: length, storedLength, badCount: bad.length };
}

/** A chunk that cannot be read has a hash of zeros, which nothing equals: it is then asked for, and told what is bad. */
function hashes({ table, count, slot }: Extract<ReadJob, { kind: "hash" }>): ReadDone {
  const room = new Uint8Array(slot, cloneAnswer.size, count * 32).fill(0);
  for (let chunk = 0; chunk < count; chunk++) {
    try {
      room.set(hash("sha256", readPacked(source, table, chunk, plain), "buffer"), chunk * 32);
    } catch (error) {
      if (!(error instanceof DiskIoError) || isDeviceGone(disk)) throw error;
    }
  }
  return { codec: WIRE_CODEC.stored, rawLength: room.length, storedLength: room.length, badCount: 0 };
}

function run(job: ReadJob): ReadDone {
  try {
    return job.kind === "read" ? read(job) : hashes(job);
  } catch (error) {
    if (!(error instanceof DiskIoError)) throw error;
    return { failed: { offset: error.offset, errno: error.errno, reason: error.message } };
  }
}

parentPort?.on("message", (job: ReadJob) => parentPort?.postMessage(run(job)));
