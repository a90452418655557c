import { createHash } from "node:crypto";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { CaptureJournal } from "#imaging/capture/capture-journal.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import {
  allocateSegment,
  type ChunkTable,
  ChunkWalker,
  diskEnd,
  diskOffset,
  type RegionExtents,
} from "#imaging/image/chunk-table.ts";
import { indexEntry, RECORD } from "#imaging/image/format.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import { RecordFile } from "#imaging/image/record-file.ts";
import type { ImagePlace } from "#imaging/image/volumes.ts";

/** The start of each region that is looked at: superblocks and journals, also of what is encrypted in it. */
const FIRST_BYTES = 17 << 20;
/** Chunks that are looked at besides, evenly over all that was captured: some seconds of reading. */
const SPREAD = 256;

/**
 * Holds a part of what an interrupted capture has read against the disk as it is now. The map of used blocks says
 * nothing of what was written in place, and of a raw region nothing at all: a computer that was started from its own
 * disk between two attempts would end up in one image with what it was before.
 * @throws SOURCE_CHANGED, IMAGE_DAMAGED, READ_FAILED of the image
 */
export async function refuseChangedSource(
  source: ReadableDevice,
  regions: readonly RegionExtents[],
  { place, chunkSize }: { place: ImagePlace; chunkSize: number },
  { checkpoint, bad }: Pick<CaptureJournal, "checkpoint" | "bad">,
): Promise<void> {
  await using file = new RecordFile(place, "r");
  const walker = new ChunkWalker(regions, chunkSize);
  const table = allocateSegment();
  const step = Math.max(1, Math.floor(checkpoint.chunks / SPREAD));
  for (const address of checkpoint.pages) {
    const part = "a page of before the interruption";
    const { header, plain } = await file.readRecord(undefined, address, part, MOST_BYTES.manifest);
    if (header.type !== RECORD.index) continue;
    walker.fill(table, plain.length / indexEntry.size);
    for (let chunk = 0; chunk < table.count; chunk++) {
      const isSample = (table.number[chunk] as number) * chunkSize < FIRST_BYTES || (table.first + chunk) % step === 0;
      if (!isSample || touches(table, chunk, bad)) continue;
      const { sha256 } = indexEntry.parse(plain.subarray(chunk * indexEntry.size));
      const found = await hashOf(source, table, chunk);
      if (found === undefined) return; // a disk that fails now is not asked for what it need not give
      if (found.compare(sha256) !== 0) throw new LifeboatError("SOURCE_CHANGED", { source: source.path });
    }
  }
}

const touches = (table: ChunkTable, chunk: number, bad: CaptureJournal["bad"]): boolean =>
  bad.some(({ start, end }) => start < diskEnd(table, chunk) && end > diskOffset(table, chunk));

/** @returns undefined when the disk does not give it */
async function hashOf(source: ReadableDevice, table: ChunkTable, chunk: number): Promise<Buffer | undefined> {
  const hash = createHash("sha256");
  try {
    for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++)
      hash.update(await readBytes(source, table.runOffset[run] as number, table.runLength[run] as number));
  } catch (error) {
    if (isLifeboatError(error, "READ_FAILED")) return undefined;
    throw error;
  }
  return hash.digest();
}
