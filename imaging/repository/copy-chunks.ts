import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CODEC, RECORD } from "#imaging/image/format.ts";
import { chunkDamaged } from "#imaging/image/image-device.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { ImageWriter } from "#imaging/image/image-writer.ts";
import { makeRecord } from "#imaging/image/sealed-record.ts";
import { openPlace, roomAt } from "#imaging/image/volumes.ts";
import { type KnownChunks, openKnownChunks, type SharedChunks } from "#imaging/repository/known-chunks.ts";
import { chunkReader } from "#imaging/worker/read-chunk.ts";

export interface ChunkCopier extends Disposable {
  /**
   * Copies the chunks of a segment behind `end`, each checked in full, and puts their new places into the table.
   * Yields plain bytes done. @returns the new end. @throws CHUNK_DAMAGED, DiskIoError
   */
  copy(table: ChunkTable, end: number): Generator<number, number, undefined>;
}

/**
 * Takes chunks from one image to another as they are compressed; encryption is changed to that of the new image.
 * @param shared of a new point: chunks that its repository has need no record
 */
export function openChunkCopier(from: Image, to: ImageWriter, shared?: SharedChunks): ChunkCopier {
  const source = openPlace(from.chunkPlace, "r");
  const target = openPlace(to.chunkPlace, "r+");
  const read = chunkReader(source, from.chunkPlace);
  const known = shared && openKnownChunks(shared);
  const { recordKey } = to.chunkPlace;

  function* copy(table: ChunkTable, begin: number): Generator<number, number, undefined> {
    let end = begin;
    let done = 0;
    for (let chunk = 0; chunk < table.count; chunk++) {
      const found = read(table, chunk);
      if ("problem" in found) throw chunkDamaged(from, table, chunk, found.problem);
      done += found.plain.length;
      if (isThere(known, table, chunk, found.codec)) {
        forget(table, chunk, found.codec);
      } else {
        const record = recordOf(table, chunk, found);
        const address = roomAt(to.chunkPlace, end, record.length);
        target.write(record, address);
        table.recordOffset[chunk] = address;
        table.storedLength[chunk] = found.stored.length;
        table.codec[chunk] = found.codec;
        end = address + record.length;
      }
      yield done;
    }
    return end;
  }
  const recordOf = (table: ChunkTable, chunk: number, { codec, stored }: { codec: number; stored: Uint8Array }) => {
    const place = known ? { region: 0, number: 0 } : placeOf(table, chunk);
    const sha256 = Uint8Array.from(hashOf(table, chunk));
    const lengths = { rawLength: table.rawLength[chunk] as number, storedLength: stored.length };
    return makeRecord({ type: RECORD.chunk, codec, ...place, ...lengths, sha256 }, stored, recordKey);
  };
  return {
    copy,
    [Symbol.dispose]() {
      source[Symbol.dispose]();
      target[Symbol.dispose]();
      known?.[Symbol.dispose]();
    },
  };
}

const isThere = (known: KnownChunks | undefined, table: ChunkTable, chunk: number, codec: number): boolean =>
  known !== undefined && (codec === CODEC.zero || !known.isNew(hashOf(table, chunk)));

const hashOf = ({ sha256 }: ChunkTable, chunk: number): Uint8Array => sha256.subarray(chunk * 32, chunk * 32 + 32);

const placeOf = (table: ChunkTable, chunk: number) => ({
  region: table.region[chunk] as number,
  number: table.number[chunk] as number,
});

function forget(table: ChunkTable, chunk: number, codec: number): void {
  table.recordOffset[chunk] = 0;
  table.storedLength[chunk] = 0;
  table.codec[chunk] = codec;
}
