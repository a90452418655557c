import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { WrittenChunk } from "#imaging/worker/task.ts";

/** What a delta restore has written, and what it has found right: a bit a chunk, since an image has millions. */
export class WrittenChunks {
  readonly #bits: Uint8Array;
  /** Bytes that were written. */
  bytes = 0;
  /** Bytes of the chunks of which something was written. */
  chunkBytes = 0;
  readonly unchanged = { chunks: 0, bytes: 0 };

  constructor({ chunks }: Pick<Image, "chunks">) {
    this.#bits = new Uint8Array(Math.ceil(chunks / 8));
  }

  has(chunk: number): boolean {
    return ((this.#bits[chunk >>> 3] ?? 0) & (1 << (chunk & 7))) !== 0;
  }

  /** After a pass over chunks of a segment. @param damaged chunks of it that the image lacks, which are neither */
  add(
    table: ChunkTable,
    order: Uint32Array,
    written: readonly WrittenChunk[],
    isDamaged: (chunk: number) => boolean,
  ): void {
    for (const { chunk, bytes } of written) {
      this.#bits[chunk >>> 3] = (this.#bits[chunk >>> 3] ?? 0) | (1 << (chunk & 7));
      this.bytes += bytes;
    }
    for (const place of order) {
      const length = table.rawLength[place] as number;
      if (isDamaged(table.first + place)) continue;
      if (this.has(table.first + place)) this.chunkBytes += length;
      else {
        this.unchanged.chunks++;
        this.unchanged.bytes += length;
      }
    }
  }
}
