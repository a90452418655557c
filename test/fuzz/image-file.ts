import { createHash } from "node:crypto";
import {
  CHUNK_SIZE,
  CODEC,
  catalogueEntry,
  extentEntry,
  FOOTER_SIZE,
  footer,
  HEADER_SIZE,
  indexEntry,
  padded,
  RECORD,
  RECORD_HEADER_SIZE,
  recordHeader,
} from "#imaging/image/format.ts";
import { headerBytes, withCrc } from "#imaging/image/header.ts";
import { finishRecord } from "#imaging/image/record.ts";
import { sampleImage } from "#test/doubles/sample-plan.ts";
import { text } from "#test/fuzz/make-seed.ts";

type Bytes = Uint8Array;
export const sha256 = (bytes: Bytes): Bytes => createHash("sha256").update(bytes).digest();

interface Page {
  readonly type: number;
  readonly region: number;
  readonly number: number;
  readonly count: number;
  readonly plain: Bytes;
}

/** Every payload stays as it is, so that a mutation of the file is a mutation of what a reader parses. */
function record(type: number, region: number, number: number, plain: Bytes): Bytes {
  const buffer = new Uint8Array(RECORD_HEADER_SIZE + padded(plain.length));
  buffer.set(plain, RECORD_HEADER_SIZE);
  const length = plain.length;
  const rest = { rawLength: length, storedLength: length, sha256: new Uint8Array(sha256(plain)) };
  return finishRecord(buffer, { type, codec: CODEC.stored, region, number, ...rest });
}

const join = (parts: readonly Bytes[]): Bytes => new Uint8Array(Buffer.concat(parts));
const extents = (list: readonly (readonly [number, number])[]) =>
  join(list.map(([start, length]) => extentEntry.serialise({ start, length })));

const SECTOR = 512;
const DISK = 4 * CHUNK_SIZE;
const REGION = { kind: "volume", mode: "used-blocks", usedBytes: 1024 } as const;
const { manifest } = sampleImage({
  disk: { size: DISK, sectorSize: SECTOR },
  partitions: [],
  regions: [
    { ...REGION, label: "one", start: 0, size: CHUNK_SIZE },
    { ...REGION, label: "two", start: CHUNK_SIZE, size: 3 * CHUNK_SIZE },
  ],
});

/** A mutation may make the manifest longer. */
const ROOM = " ".repeat(400);

/** Region, window and bytes of each chunk. */
const CHUNKS = [
  [0, 0, 2 * SECTOR],
  [1, 0, SECTOR],
  [1, 1, SECTOR],
] as const;

/** A whole image of a few KiB, by docs/format/image.md: its writer compresses pages, which mutations would only break. */
export function smallImage(): Bytes {
  const parts: Bytes[] = [headerBytes(manifest, { number: 0, size: 0, encrypted: false })];
  let at = HEADER_SIZE;
  const append = (bytes: Bytes) => {
    parts.push(bytes);
    at += bytes.length;
    return at - bytes.length;
  };
  const entries: Bytes[] = [];
  const appendPage = ({ plain, ...page }: Page) => {
    const offset = append(record(page.type, page.region, page.number, plain));
    const length = { rawLength: plain.length, storedLength: plain.length };
    entries.push(catalogueEntry.serialise({ ...page, offset, sha256: new Uint8Array(sha256(plain)), ...length }));
  };
  const one = [
    [0, SECTOR],
    [2 * SECTOR, SECTOR],
  ] as const;
  appendPage({ type: RECORD.manifest, region: 0, number: 0, count: 1, plain: text(JSON.stringify(manifest) + ROOM) });
  appendPage({ type: RECORD.extents, region: 0, number: 0, count: 2, plain: extents(one) });
  const two = extents([[CHUNK_SIZE - SECTOR, 2 * SECTOR]]);
  appendPage({ type: RECORD.extents, region: 1, number: 0, count: 1, plain: two });
  const index = CHUNKS.map(([region, number, length], i) => {
    const content = new Uint8Array(length).fill(i + 1);
    const rest = {
      codec: CODEC.stored,
      rawLength: length,
      storedLength: length,
      sha256: new Uint8Array(sha256(content)),
    };
    return indexEntry.serialise({ number, offset: append(record(RECORD.chunk, region, number, content)), ...rest });
  });
  appendPage({ type: RECORD.index, region: 0, number: 0, count: index.length, plain: join(index) });
  appendPage({ type: RECORD.bad, region: 0, number: 0, count: 1, plain: extents([[2 * SECTOR, SECTOR]]) });
  const catalogue = join(entries);
  const catalogueOffset = append(record(RECORD.catalogue, 0, 0, catalogue));
  parts.push(footerOf(catalogue, catalogueOffset, at + FOOTER_SIZE));
  return join(parts);
}

function footerOf(catalogue: Bytes, catalogueOffset: number, fileSize: number): Bytes {
  const bytes = footer.serialise({
    magic: "LBFOOTER",
    imageId: manifest.imageId,
    fileSize,
    catalogueOffset,
    rawBytes: CHUNKS.reduce((sum, [, , length]) => sum + length, 0),
    chunks: CHUNKS.length,
    rootHash: new Uint8Array(sha256(catalogue)),
    volumes: 1,
    footerCrc32: 0,
  });
  return withCrc(bytes, footer.fields.footerCrc32.at);
}

/** Where the records of a sound small image start, with their types. */
export function recordsOf(image: Bytes): { at: number; type: number; length: number }[] {
  const found: { at: number; type: number; length: number }[] = [];
  for (let at = HEADER_SIZE; at + FOOTER_SIZE < image.length; ) {
    const { type, storedLength } = recordHeader.parse(image.subarray(at));
    found.push({ at, type, length: storedLength });
    at += RECORD_HEADER_SIZE + padded(storedLength);
  }
  return found;
}
