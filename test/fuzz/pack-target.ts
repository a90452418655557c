import { join } from "node:path";
import { CHUNK_SIZE, HEADER_SIZE, padded, RECORD_HEADER_SIZE } from "#imaging/image/format.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { scanPack } from "#imaging/repository/scan-pack.ts";
import { caseFile, packSeed, resealRecords } from "#test/fuzz/repository-seed.ts";
import { scratchFolder } from "#test/fuzz/scratch.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const LONGEST = 2 * RECORD_HEADER_SIZE + padded(CHUNK_SIZE);

/** The chunks of a pack without an index. */
export function packTarget(name: string, recordKey: RecordKey | undefined): FuzzTarget {
  const seed = packSeed(recordKey);
  const places = [...recordPlaces(seed)];
  return {
    name,
    seeds: [{ name: "five chunks", content: () => seed }],
    allowed: [],
    reseal: (image) => resealRecords(image, places),
    async parse(device) {
      const path = await caseFile(device, join(scratchFolder(), "case.lbp"));
      const gaps: number[] = [];
      let chunks = 0;
      let end = HEADER_SIZE;
      const options = { recordKey, payloads: true, onGap: (at: number) => void gaps.push(at) };
      for await (const { offset, span, storedLength } of scanPack(path, options)) {
        promise(offset >= end && offset % 16 === 0, () => `a chunk at ${offset} after ${end}`);
        promise(span <= LONGEST && storedLength < span, () => `a chunk of ${storedLength} bytes in ${span}`);
        end = offset + span;
        chunks++;
      }
      promise(end <= device.size || chunks === 0, () => `a chunk up to ${end} of ${device.size}`);
      promise(
        gaps.every((at, i) => at > (gaps[i - 1] ?? -1)), // the first may be 0, the header
        () => `gaps at ${gaps}`,
      );
      if (chunks === 0) return "nothing";
      return chunks === places.length && gaps.length === 0 ? "accepted" : "in part";
    },
  };
}

function* recordPlaces(pack: Uint8Array): Generator<number, void, undefined> {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.length);
  for (let at = HEADER_SIZE; at < pack.length; at += RECORD_HEADER_SIZE + padded(view.getUint32(at + 20, true)))
    yield at;
}
