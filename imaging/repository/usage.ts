import { join } from "node:path";
import { readJournal } from "#imaging/capture/capture-journal.ts";
import { CODEC, indexEntry, RECORD, recordSpan } from "#imaging/image/format.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import type { OpenImageOptions } from "#imaging/image/open-records.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import { RecordFile } from "#imaging/image/record-file.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { chunkId } from "#imaging/repository/chunk-id.ts";
import type { ChunkIndex, OpenIndex } from "#imaging/repository/chunk-index.ts";
import { placeEntry } from "#imaging/repository/format.ts";
import { openIndexLookup } from "#imaging/repository/index-lookup.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";
import { namesIn } from "#imaging/repository/names-in.ts";
import { idKeyOf, type Repository } from "#imaging/repository/repository.ts";

/** Which chunks of a repository are needed by its points: one bit for each entry of each index file. */
export class Usage {
  readonly #index: ChunkIndex;
  readonly #used: readonly Uint8Array[];
  readonly #recordKey: RecordKey | undefined;

  constructor(index: ChunkIndex, recordKey: RecordKey | undefined) {
    this.#index = index;
    this.#used = index.indexes.map(({ file }) => new Uint8Array(Math.ceil(file.header.entries / 8)));
    this.#recordKey = recordKey;
  }

  isUsed(index: number, row: number): boolean {
    return (((this.#used[index] as Uint8Array)[row >>> 3] as number) & (1 << (row & 7))) !== 0;
  }

  /**
   * Marks the place of each chunk from which it would be read. @returns bytes of records that were not marked before, and
   * how many chunks are nowhere. @throws INDEX_DAMAGED: what cannot be looked up now must not be taken for waste
   */
  async mark(hashes: AsyncIterable<Uint8Array>): Promise<{ bytes: number; lost: number }> {
    const lookups = this.#index.indexes.map(({ place }) => openIndexLookup(place, true));
    const idKey = this.#recordKey && idKeyOf(this.#recordKey);
    let [bytes, lost] = [0, 0];
    try {
      for await (const sha256 of hashes) {
        const marked = this.#markOne(lookups, chunkId(sha256, idKey));
        if (marked === undefined) lost++;
        else bytes += marked;
      }
      return { bytes, lost };
    } finally {
      for (const lookup of lookups) lookup[Symbol.dispose]();
    }
  }

  /** @returns bytes of the record, or 0 when it was marked before; undefined when the chunk is nowhere */
  #markOne(lookups: readonly ReturnType<typeof openIndexLookup>[], id: Uint8Array): number | undefined {
    for (const [i, lookup] of lookups.entries()) {
      const found = lookup.find(id);
      if (!found) continue;
      if (this.isUsed(i, found.row)) return 0;
      const used = this.#used[i] as Uint8Array;
      used[found.row >>> 3] = (used[found.row >>> 3] as number) | (1 << (found.row & 7));
      return recordSpan(found.storedLength, this.#recordKey !== undefined);
    }
    return undefined;
  }

  /** Bytes of needed records in each pack of an index file. */
  async bytesOfPacks(index: number): Promise<Float64Array> {
    const { file } = this.#index.indexes[index] as OpenIndex;
    const bytes = new Float64Array(file.header.packs);
    let row = 0;
    for await (const entry of indexRows(file)) {
      if (this.isUsed(index, row++)) {
        const { pack, storedLength } = placeEntry.parse(entry);
        bytes[pack] = (bytes[pack] as number) + recordSpan(storedLength, this.#recordKey !== undefined);
      }
    }
    return bytes;
  }
}

/** SHA-256 of each chunk of a point that is not all zero. @throws what openImage throws */
export async function* hashesOfPoint(
  path: string,
  unlock: OpenImageOptions["unlock"],
): AsyncGenerator<Uint8Array, void, undefined> {
  const image = await openImage(path, { unlock, pagesOnly: true });
  for await (const table of image.index.read())
    for (let chunk = 0; chunk < table.count; chunk++)
      if (table.codec[chunk] !== CODEC.zero) yield table.sha256.subarray(chunk * 32, chunk * 32 + 32);
}

/** Those of a capture that was interrupted and can go on: of all of its index pages so far. */
export async function* hashesOfUnfinished(
  journalPath: string,
  recordKey: RecordKey | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { image, volumeSize, checkpoint } = await readJournal(journalPath);
  const path = journalPath.replace(/\.job$/, "") || image;
  await using file = new RecordFile({ path, unfinished: true, volumeSize, recordKey, isPoint: true }, "r");
  for (const address of checkpoint.pages) {
    const { header, plain } = await file.readRecord(undefined, address, "a page", MOST_BYTES.manifest);
    if (header.type !== RECORD.index) continue;
    for (let at = 0; at < plain.length; at += indexEntry.size) {
      const { codec, sha256 } = indexEntry.parse(plain.subarray(at));
      if (codec !== CODEC.zero) yield sha256;
    }
  }
}

export async function journalsIn({ folders }: Repository): Promise<string[]> {
  return (await namesIn(folders.points))
    .filter((name) => name.endsWith(".job"))
    .map((name) => join(folders.points, name));
}
