import { crc32 } from "node:zlib";
import { allocateSegment } from "#imaging/image/chunk-table.ts";
import {
  catalogueEntry,
  FOOTER_SIZE,
  fileHeader,
  footer,
  HEADER_SIZE,
  padded,
  RECORD,
  RECORD_HEADER_SIZE,
  recordHeader,
} from "#imaging/image/format.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { filesOf, IMAGE_KEY } from "#test/fuzz/image-case.ts";
import { type ImageShape, imageFile, type PlacedRecord, sha256 } from "#test/fuzz/image-file.ts";
import { checkExtents } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import { type FuzzTarget, type JsonInput, promise } from "#test/fuzz/target.ts";

const LARGEST = 1 << 20;
/** One for all cases: it is far larger than what they put into it. */
const table = allocateSegment();

/** Headers, footer, catalogue, manifest, extents and index of an image of one shape. */
export function imageTarget(name: string, shape: ImageShape): FuzzTarget {
  const file = imageFile(shape);
  const { records, volumes } = file;
  return {
    name,
    seeds: [{ name: "sound", content: () => file.content }],
    allowed: ["IMAGE_NOT_RECOGNISED", "IMAGE_UNSUPPORTED", "IMAGE_DAMAGED", "IMAGE_LOCKED", "VOLUME_MISSING"],
    dictionary: ["null", "-1", "1e999", "9007199254740993", "[]", "{}", '"raw"'],
    json: manifestIn(records),
    reseal(image) {
      resealRecords(image, records);
      for (const { start } of volumes) reseal(image, start, HEADER_SIZE, fileHeader.fields.headerCrc32.at);
    },
    async parse(device) {
      const image = await openImage(await filesOf(device, file), { unlock: async () => IMAGE_KEY });
      for (const [i, { extents }] of image.regions.entries())
        checkExtents(extents, image.manifest.regions[i]?.size ?? 0, `region ${i}`);
      checkExtents(image.bad, image.manifest.disk.size, "bad sectors");
      let chunks = 0;
      for await (const { count, firstRun, runOffset } of image.index.read(0, table))
        for (let i = 0; i < count; i++, chunks++) {
          const [from, to] = [firstRun[i] ?? 0, firstRun[i + 1] ?? 0];
          promise(to > from && (runOffset[to - 1] ?? 0) < image.manifest.disk.size, () => `chunk ${chunks}`);
        }
      promise(chunks === image.chunks, () => `${chunks} chunks of ${image.chunks}`);
      return "accepted";
    },
  };
}

/** A manifest of another length would move all that is behind it: a longer one is cut, a shorter one filled. */
function manifestIn(records: readonly PlacedRecord[]): JsonInput {
  const { at, length } = records.find(({ type }) => type === RECORD.manifest) ?? { at: 0, length: 0 };
  return {
    read: (image) => new TextDecoder().decode(image.bytes(at + RECORD_HEADER_SIZE, length)),
    write: (image, text) =>
      image.write(
        new TextEncoder().encode(JSON.stringify(JSON.parse(text)).padEnd(length)).subarray(0, length),
        at + RECORD_HEADER_SIZE,
      ),
  };
}

/** From the payloads up to the footer: every checksum and hash is that of what lies under it. */
function resealRecords(image: SparseImage, records: readonly PlacedRecord[]): void {
  const hashes = new Map<number, Uint8Array>();
  for (const { at, address, type, length: before } of records) {
    if (type === RECORD.catalogue) resealCatalogue(image, at + RECORD_HEADER_SIZE, before, hashes);
    const head = image.bytes(at, RECORD_HEADER_SIZE);
    const view = new DataView(head.buffer);
    const length = Math.min(view.getUint32(recordHeader.fields.storedLength.at, true), LARGEST);
    const payload = image.bytes(at + RECORD_HEADER_SIZE, padded(length));
    const hash = sha256(payload.subarray(0, length));
    hashes.set(address, hash);
    head.set(hash, recordHeader.fields.sha256.at);
    view.setUint32(recordHeader.fields.payloadCrc32.at, crc32(payload), true);
    image.write(head, at);
    reseal(image, at, RECORD_HEADER_SIZE, recordHeader.fields.headerCrc32.at);
    if (type === RECORD.catalogue) resealFooter(image, hash);
  }
}

function reseal(image: SparseImage, start: number, length: number, at: number): void {
  const bytes = image.bytes(start, length);
  const view = new DataView(bytes.buffer);
  view.setUint32(at, 0, true);
  view.setUint32(at, crc32(bytes), true);
  image.write(bytes.subarray(at, at + 4), start + at);
}

/** Entries name what their records say of themselves, unless the mutation made them point elsewhere. */
function resealCatalogue(
  image: SparseImage,
  at: number,
  length: number,
  hashes: ReadonlyMap<number, Uint8Array>,
): void {
  const { offset, sha256: hash } = catalogueEntry.fields;
  const view = new DataView(image.bytes(at, length).buffer);
  for (let entry = 0; entry + catalogueEntry.size <= length; entry += catalogueEntry.size) {
    const found = hashes.get(Number(view.getBigUint64(entry + offset.at, true)));
    if (found) image.write(found, at + entry + hash.at);
  }
}

function resealFooter(image: SparseImage, root: Uint8Array): void {
  const at = image.size - FOOTER_SIZE;
  if (at <= 0) return;
  image.write(root, at + footer.fields.rootHash.at);
  reseal(image, at, FOOTER_SIZE, footer.fields.footerCrc32.at);
}
