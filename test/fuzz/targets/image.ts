import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { threadId } from "node:worker_threads";
import { crc32 } from "node:zlib";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
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
import { recordsOf, sha256, smallImage } from "#test/fuzz/image-file.ts";
import { checkExtents } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import { type FuzzTarget, type JsonInput, promise } from "#test/fuzz/target.ts";

const LARGEST = 1 << 20;
const FOLDER = fileURLToPath(new URL("../../../out/fuzz/cases", import.meta.url));
const records = recordsOf(smallImage());

/** The reader takes files, so a case is written to one; the parts are read one by one for mutations to know them. */
async function fileOf(device: ReadableDevice): Promise<string> {
  const size = Math.min(device.size, LARGEST);
  const places = [0, ...records.flatMap(({ at }) => [at, at + RECORD_HEADER_SIZE]), size - FOOTER_SIZE, size];
  const parts: Uint8Array[] = [];
  for (const [i, at] of places.entries()) {
    const end = Math.min(places[i + 1] ?? size, size);
    if (at >= 0 && end > at) parts.push(await readBytes(device, at, end - at));
  }
  const path = join(FOLDER, `case-${process.pid}-${threadId}.lbi`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

const manifestAt = (records.find(({ type }) => type === RECORD.manifest)?.at ?? 0) + RECORD_HEADER_SIZE;
const manifestLength = records.find(({ type }) => type === RECORD.manifest)?.length ?? 0;

/** A manifest of another length would move all that is behind it: a longer one is cut, a shorter one filled. */
const json: JsonInput = {
  read: (image) => new TextDecoder().decode(image.bytes(manifestAt, manifestLength)),
  write: (image, text) =>
    image.write(
      new TextEncoder().encode(JSON.stringify(JSON.parse(text)).padEnd(manifestLength)).subarray(0, manifestLength),
      manifestAt,
    ),
};

/** Header, footer, catalogue, manifest, extents and index of an image file. */
export const target: FuzzTarget = {
  name: "image",
  seeds: [{ name: "small", content: smallImage }],
  allowed: ["IMAGE_NOT_RECOGNISED", "IMAGE_UNSUPPORTED", "IMAGE_DAMAGED", "IMAGE_LOCKED", "VOLUME_MISSING"],
  dictionary: ["null", "-1", "1e999", "9007199254740993", "[]", "{}", '"raw"'],
  json,
  reseal,
  async parse(device) {
    const image = await openImage(await fileOf(device));
    for (const [i, { extents }] of image.regions.entries())
      checkExtents(extents, image.manifest.regions[i]?.size ?? 0, `region ${i}`);
    checkExtents(image.bad, image.manifest.disk.size, "bad sectors");
    let chunks = 0;
    for await (const table of image.index.read())
      for (let i = 0; i < table.count; i++, chunks++) {
        const [from, to] = [table.firstRun[i] ?? 0, table.firstRun[i + 1] ?? 0];
        promise(to > from && (table.runOffset[to - 1] ?? 0) < image.manifest.disk.size, () => `chunk ${chunks}`);
      }
    promise(chunks === image.chunks, () => `${chunks} chunks of ${image.chunks}`);
    return "accepted";
  },
};

/** From the payloads up to the footer: every checksum and hash is that of what lies under it. */
function reseal(image: SparseImage): void {
  const hashes = new Map<number, Uint8Array>();
  for (const { at, type } of records) {
    if (type === RECORD.catalogue) resealCatalogue(image, at, hashes);
    const head = image.bytes(at, RECORD_HEADER_SIZE);
    const view = new DataView(head.buffer);
    const length = Math.min(view.getUint32(recordHeader.fields.storedLength.at, true), LARGEST);
    const payload = image.bytes(at + RECORD_HEADER_SIZE, padded(length));
    const hash = sha256(payload.subarray(0, length));
    hashes.set(at, hash);
    head.set(hash, recordHeader.fields.sha256.at);
    view.setUint32(recordHeader.fields.payloadCrc32.at, crc32(payload), true);
    seal(head, recordHeader.fields.headerCrc32.at);
    image.write(head, at);
    if (type === RECORD.catalogue) resealFooter(image, hash);
  }
  const header = image.bytes(0, HEADER_SIZE);
  seal(header, fileHeader.fields.headerCrc32.at);
  image.write(header, 0);
}

function seal(bytes: Uint8Array<ArrayBuffer>, at: number): void {
  const view = new DataView(bytes.buffer);
  view.setUint32(at, 0, true);
  view.setUint32(at, crc32(bytes), true);
}

/** Entries name what their records say of themselves, unless the mutation made them point elsewhere. */
function resealCatalogue(image: SparseImage, at: number, hashes: ReadonlyMap<number, Uint8Array>): void {
  const { offset, sha256: hash } = catalogueEntry.fields;
  const length = Math.min(new DataView(image.bytes(at + 20, 4).buffer).getUint32(0, true), LARGEST);
  for (let entry = 0; entry + catalogueEntry.size <= length; entry += catalogueEntry.size) {
    const place = at + RECORD_HEADER_SIZE + entry;
    const found = hashes.get(Number(new DataView(image.bytes(place + offset.at, 8).buffer).getBigUint64(0, true)));
    if (found) image.write(found, place + hash.at);
  }
}

function resealFooter(image: SparseImage, root: Uint8Array): void {
  const at = image.size - FOOTER_SIZE;
  const bytes = image.bytes(Math.max(0, at), FOOTER_SIZE);
  bytes.set(root, footer.fields.rootHash.at);
  seal(bytes, footer.fields.footerCrc32.at);
  if (at > 0) image.write(bytes, at);
}
