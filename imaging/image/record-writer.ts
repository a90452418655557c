import { hash } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { formatBytes } from "#base/units.ts";
import { openCodec } from "#imaging/codec/codec.ts";
import type { ExtentList } from "#imaging/extent.ts";
import {
  type CatalogueEntry,
  CODEC,
  extentEntry,
  indexEntry,
  PAGE_ENTRIES,
  RECORD,
  RECORD_HEADER_SIZE,
  recordSpan,
  recordsOffset,
} from "#imaging/image/format.ts";
import { MOST_BYTES } from "#imaging/image/page-bounds.ts";
import { finishRecord } from "#imaging/image/record.ts";
import type { RecordFile } from "#imaging/image/record-file.ts";
import { sealRecord } from "#imaging/image/sealed-record.ts";
import { type ImagePlace, recordsBegin, roomAt } from "#imaging/image/volumes.ts";

/** Where a page stands among others of its type. */
export interface PagePlace {
  readonly type: number;
  readonly region?: number;
  /** Number of its first entry. */
  readonly first?: number;
  /** Entries in it. */
  readonly count: number;
}

/** Appends the records that are not chunks, one behind the other, and knows what the catalogue will say of them. */
export class RecordWriter {
  readonly #place: ImagePlace;
  readonly #file: RecordFile;
  readonly #codec = openCodec("normal");
  readonly #pages: CatalogueEntry[] = [];
  /** Address at which the next record goes. Chunk records, which threads write, move it too. */
  end: number;

  constructor(place: ImagePlace, file: RecordFile) {
    this.#place = place;
    this.#file = file;
    this.end = recordsBegin(place);
  }

  /** All but the catalogue itself, in the order of their addresses. */
  get pages(): readonly CatalogueEntry[] {
    return this.#pages;
  }

  /** Takes records of before an interruption as its own. @throws READ_FAILED, IMAGE_DAMAGED */
  async recall(addresses: readonly number[]): Promise<void> {
    const part = "a page of before the interruption";
    for (const offset of addresses) {
      const { header } = await this.#file.readRecord(undefined, offset, part, MOST_BYTES.manifest);
      const { type, region, number, rawLength, storedLength, sha256 } = header;
      const count = entriesOf(type, rawLength);
      this.#pages.push({ type, region, number, count, offset, sha256, rawLength, storedLength });
    }
  }

  /** As many pages as the extents need. */
  async appendExtents(type: number, region: number, extents: ExtentList): Promise<void> {
    for (let first = 0; first < extents.length; first += PAGE_ENTRIES) {
      const count = Math.min(PAGE_ENTRIES, extents.length - first);
      const page = new Uint8Array(count * extentEntry.size);
      for (let i = 0; i < count; i++) {
        const { start, end } = extents.at(first + i);
        page.set(extentEntry.serialise({ start, length: end - start }), i * extentEntry.size);
      }
      await this.append({ type, region, first, count }, page);
    }
  }

  /**
   * @param behind bytes that must fit into the same volume behind the record
   * @returns the record's address
   * @throws USAGE when a volume is too small for it; SPACE_EXHAUSTED, WRITE_FAILED
   */
  async append(page: PagePlace, plain: Uint8Array, behind = 0): Promise<number> {
    const { type, region = 0, first: number = 0, count } = page;
    const buffer = new Uint8Array(2 * RECORD_HEADER_SIZE + plain.length + 1024);
    const inner = buffer.subarray(RECORD_HEADER_SIZE);
    const { codec, storedLength } = this.#store(plain, inner.subarray(RECORD_HEADER_SIZE));
    const sha256 = new Uint8Array(hash("sha256", plain, "buffer"));
    const fields = { type, region, number, rawLength: plain.length, storedLength, sha256 };
    const record = finishRecord(inner, { ...fields, codec });
    const { recordKey } = this.#place;
    const bytes = recordKey ? sealRecord(buffer, record.length, recordKey) : record;
    const offset = this.#room(recordSpan(storedLength, recordKey !== undefined) + behind);
    await this.#file.write(bytes, offset);
    this.end = offset + bytes.length;
    if (type !== RECORD.catalogue) this.#pages.push({ ...fields, count, offset });
    return offset;
  }

  #store(plain: Uint8Array, into: Uint8Array): { codec: number; storedLength: number } {
    const compressed = this.#codec.compress(plain, into.subarray(0, Math.max(0, plain.length - 1)));
    if (compressed !== undefined) return { codec: CODEC.zstd, storedLength: compressed };
    into.set(plain);
    return { codec: CODEC.stored, storedLength: plain.length };
  }

  #room(span: number): number {
    const { volumeSize } = this.#place;
    if (volumeSize > 0 && span > volumeSize - recordsOffset(0, true))
      throw new LifeboatError("USAGE", {
        problem: `volumes of ${formatBytes(volumeSize)} are too small for this disk`,
      });
    return roomAt(this.#place, this.end, span);
  }
}

/** How many entries a page of this type and length has. */
const entriesOf = (type: number, rawLength: number): number =>
  type === RECORD.manifest ? 1 : rawLength / (type === RECORD.index ? indexEntry.size : extentEntry.size);
