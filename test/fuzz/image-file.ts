import { createHash } from "node:crypto";
import {
  CHUNK_SIZE,
  CODEC,
  catalogueEntry,
  extentEntry,
  FEATURE,
  FOOTER_SIZE,
  footer,
  HEADER_SIZE,
  indexEntry,
  padded,
  RECORD,
  RECORD_HEADER_SIZE,
  REPOSITORY_CHUNK_SIZE,
  recordHeader,
  recordSpan,
  recordsOffset,
} from "#imaging/image/format.ts";
import { headerBytes, withCrc } from "#imaging/image/header.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { finishRecord } from "#imaging/image/record.ts";
import { offsetInVolume, roomAt, volumeOf } from "#imaging/image/volumes.ts";
import { sampleImage } from "#test/doubles/sample-plan.ts";
import { text } from "#test/fuzz/make-seed.ts";

type Bytes = Uint8Array<ArrayBuffer>;
export const sha256 = (bytes: Uint8Array): Bytes => new Uint8Array(createHash("sha256").update(bytes).digest());

/** What an image is made of, and where it lies in `content`. */
export interface ImageFile {
  /** All volumes, one behind the other. */
  readonly content: Bytes;
  readonly volumes: readonly { readonly start: number; readonly length: number }[];
  /** All but chunks, which are holes: a reader looks at what the index says of them. */
  readonly records: readonly PlacedRecord[];
  readonly sealed: boolean;
  readonly manifest: Manifest;
}

export interface PlacedRecord {
  /** Of the record itself: in a sealed one, behind the outer header. */
  readonly at: number;
  readonly address: number;
  readonly type: number;
  /** Bytes of the payload. */
  readonly length: number;
}

export interface ImageShape {
  /**
   * The records lie as sealed ones do, but are not encrypted yet, so that mutations hit what they hold; sums and tags
   * of the outer headers are left zero: sealFile puts the right ones in, or as far beside them as a mutation went.
   */
  readonly sealed: boolean;
  /** 0 for one file. */
  readonly volumeSize: number;
  /** Whole chunks, behind the three small ones. */
  readonly chunks: number;
  /** A point of a repository, which has none of its chunks in itself. */
  readonly isPoint?: boolean;
}

const windowOf = ({ isPoint }: ImageShape): number => (isPoint ? REPOSITORY_CHUNK_SIZE : CHUNK_SIZE);

const SECTOR = 512;
/** A mutation may make the manifest longer. */
const ROOM = " ".repeat(400);

/** A whole image by docs/format/image.md: its writer compresses pages, which mutations would only break. */
export function imageFile(shape: ImageShape): ImageFile {
  const window = windowOf(shape);
  const size = (shape.chunks + 3) * window;
  const region = { kind: "volume", mode: "used-blocks", usedBytes: 2 * SECTOR } as const;
  const { manifest } = sampleImage({
    disk: { size: size + window, sectorSize: SECTOR },
    partitions: [],
    regions: [
      { ...region, label: "one", start: 0, size: window },
      { ...region, label: "two", start: window, size, usedBytes: 2 * SECTOR + shape.chunks * window },
    ],
  });
  const file = new FileBuilder(shape, manifest);
  file.page(RECORD.manifest, 0, 1, new Uint8Array(text(JSON.stringify(manifest) + ROOM)));
  const one = extents([0, SECTOR], [2 * SECTOR, SECTOR]);
  file.page(RECORD.extents, 0, 2, one);
  const whole = shape.chunks > 0 ? ([[2 * window, shape.chunks * window]] as const) : [];
  file.page(RECORD.extents, 1, 1 + whole.length, extents([window - SECTOR, 2 * SECTOR], ...whole));
  file.chunk(0, 2 * SECTOR);
  for (const number of [0, 1]) file.chunk(number, SECTOR);
  for (let i = 0; i < shape.chunks; i++) file.chunk(2 + i, window);
  file.index();
  file.page(RECORD.bad, 0, 1, extents([2 * SECTOR, SECTOR]));
  return file.finish();
}

const extents = (...list: readonly (readonly [number, number])[]): Bytes =>
  new Uint8Array(Buffer.concat(list.map(([start, length]) => extentEntry.serialise({ start, length }))));

class FileBuilder {
  readonly #shape: ImageShape;
  readonly #manifest: Manifest;
  readonly #pieces: { readonly address: number; readonly bytes: Uint8Array }[] = [];
  readonly #records: Omit<PlacedRecord, "at">[] = [];
  readonly #catalogue: Bytes[] = [];
  readonly #index: Bytes[] = [];
  readonly #ends: number[] = [];
  #rawBytes = 0;
  #end: number;

  constructor(shape: ImageShape, manifest: Manifest) {
    this.#shape = shape;
    this.#manifest = manifest;
    this.#end = recordsOffset(0, shape.sealed);
    this.#addHeader(0);
  }

  page(type: number, region: number, count: number, plain: Bytes): void {
    const offset = this.#record(type, region, plain);
    const lengths = { rawLength: plain.length, storedLength: plain.length };
    const entry = { type, region, number: 0, count, offset, sha256: sha256(plain), ...lengths };
    this.#catalogue.push(catalogueEntry.serialise(entry));
  }

  chunk(number: number, length: number): void {
    const { sealed, isPoint } = this.#shape;
    const offset = isPoint ? 0 : this.#reserve(recordSpan(length, sealed));
    const lengths = { rawLength: length, storedLength: isPoint ? 0 : length };
    this.#index.push(
      indexEntry.serialise({ number, codec: CODEC.stored, offset, sha256: new Uint8Array(32), ...lengths }),
    );
    this.#rawBytes += length;
  }

  index(): void {
    this.page(RECORD.index, 0, this.#index.length, new Uint8Array(Buffer.concat(this.#index)));
  }

  finish(): ImageFile {
    const { sealed, volumeSize } = this.#shape;
    const catalogue = new Uint8Array(Buffer.concat(this.#catalogue));
    const catalogueOffset = this.#record(RECORD.catalogue, 0, catalogue, FOOTER_SIZE);
    const fileSize = offsetInVolume({ volumeSize }, this.#end);
    const end = footer.serialise({
      magic: "LBFOOTER",
      imageId: this.#manifest.imageId,
      fileSize,
      catalogueOffset,
      rawBytes: this.#rawBytes,
      chunks: this.#index.length,
      rootHash: sha256(catalogue),
      volumes: this.#ends.length,
      footerCrc32: 0,
    });
    this.#put(this.#end - FOOTER_SIZE, withCrc(end, footer.fields.footerCrc32.at));
    const volumes = this.#ends.map((length, i) => ({
      start: this.#ends.slice(0, i).reduce((a, b) => a + b, 0),
      length,
    }));
    const placed = (address: number) =>
      (volumes[volumeOf({ volumeSize }, address)]?.start ?? 0) + offsetInVolume({ volumeSize }, address);
    const content = new Uint8Array(volumes.reduce((sum, { length }) => sum + length, 0));
    for (const { address, bytes } of this.#pieces) content.set(bytes, placed(address));
    const outer = sealed ? RECORD_HEADER_SIZE : 0;
    const records = this.#records.map((record) => ({ ...record, at: placed(record.address) + outer }));
    return { content, volumes, records, sealed, manifest: this.#manifest };
  }

  /** @returns its address */
  #record(type: number, region: number, plain: Bytes, behind = 0): number {
    const { sealed } = this.#shape;
    const buffer = new Uint8Array(RECORD_HEADER_SIZE + padded(plain.length));
    buffer.set(plain, RECORD_HEADER_SIZE);
    const lengths = { rawLength: plain.length, storedLength: plain.length };
    const inner = finishRecord(buffer, {
      ...{ type, region, number: 0, codec: CODEC.stored },
      ...{ ...lengths, sha256: sha256(plain) },
    });
    const address = this.#reserve(recordSpan(plain.length, sealed) + behind);
    if (sealed) this.#put(address, outerHeader(inner.length, this.#records.length));
    this.#put(address + (sealed ? RECORD_HEADER_SIZE : 0), inner);
    this.#records.push({ address, type, length: plain.length });
    return address;
  }

  #reserve(span: number): number {
    const address = roomAt(this.#shape, this.#end, span);
    const volume = volumeOf(this.#shape, address);
    if (volume === this.#ends.length) this.#addHeader(volume);
    this.#end = address + span;
    this.#ends[volume] = this.#end - volume * this.#shape.volumeSize;
    return address;
  }

  #addHeader(number: number): void {
    const { volumeSize, sealed, isPoint } = this.#shape;
    this.#ends.push(HEADER_SIZE);
    const incompatible = (sealed ? FEATURE.encrypted : 0) | (isPoint ? FEATURE.point : 0);
    this.#put(
      number * volumeSize,
      headerBytes(this.#manifest, { number, size: volumeSize, chunkSize: windowOf(this.#shape), incompatible }),
    );
  }

  #put(address: number, bytes: Uint8Array): void {
    this.#pieces.push({ address, bytes });
  }
}

function outerHeader(length: number, number: number): Bytes {
  const trailer = new Uint8Array(32);
  trailer[0] = number;
  return recordHeader.serialise({
    ...{ magic: "LBRC", type: RECORD.sealed, codec: CODEC.stored, flags: 0, region: 0, number: 0 },
    ...{ rawLength: length, storedLength: length, payloadCrc32: 0, headerCrc32: 0, sha256: trailer },
  });
}
