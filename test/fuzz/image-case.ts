import { createCipheriv } from "node:crypto";
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { FOOTER_SIZE, HEADER_SIZE, padded, RECORD_HEADER_SIZE, recordHeader } from "#imaging/image/format.ts";
import { type RecordKey, recordKeyOf } from "#imaging/image/sealed-record.ts";
import { volumePath } from "#imaging/image/volumes.ts";
import type { ImageFile } from "#test/fuzz/image-file.ts";
import { scratchFolder } from "#test/fuzz/scratch.ts";

/** The key of a sealed image: whoever has it comes as far as the records; what a password costs is not asked here. */
export const IMAGE_KEY = new Uint8Array(32).fill(0x5a);

const MOST_LONGER = 1 << 20;

interface Part {
  readonly at: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Writes a case as the files that a reader takes, with holes for chunks. @returns the name of the first volume */
export async function filesOf(device: ReadableDevice, image: ImageFile): Promise<string> {
  const path = join(scratchFolder(), "case.lbi");
  const size = Math.min(device.size, image.content.length + MOST_LONGER);
  const parts = await readParts(device, image, size);
  const last = image.volumes.length - 1;
  for (const [i, { start, length }] of image.volumes.entries()) {
    const end = i === last ? size : Math.min(start + length, size);
    writeVolume(volumePath(path, i), i > 0 && end <= start, { start, end }, parts);
  }
  return path;
}

/** Read one by one, for mutations to know where they lie. */
async function readParts(device: ReadableDevice, image: ImageFile, size: number): Promise<Part[]> {
  const parts: Part[] = [];
  const key = image.sealed ? keyOf(image.manifest.imageId) : undefined;
  const read = async (at: number, length: number): Promise<Part | undefined> => {
    if (at < 0 || at >= size) return undefined;
    const part = { at, bytes: await readBytes(device, at, Math.min(length, size - at)) };
    parts.push(part);
    return part;
  };
  for (const { start } of image.volumes) await read(start, HEADER_SIZE);
  for (const { at, length } of image.records) {
    const outer = key ? await read(at - RECORD_HEADER_SIZE, RECORD_HEADER_SIZE) : undefined;
    const head = await read(at, RECORD_HEADER_SIZE);
    const payload = await read(at + RECORD_HEADER_SIZE, padded(length));
    if (key && outer && head && payload) seal(outer.bytes, [head.bytes, payload.bytes], key);
  }
  await read(size - FOOTER_SIZE, FOOTER_SIZE);
  return parts;
}

const keys = new Map<string, RecordKey>();

/** Derived once for all cases. */
function keyOf(imageId: string): RecordKey {
  const known = keys.get(imageId) ?? recordKeyOf(IMAGE_KEY, imageId);
  keys.set(imageId, known);
  return known;
}

const { payloadCrc32, headerCrc32, sha256 } = recordHeader.fields;
const TAG = { at: sha256.at + 12, length: 16 } as const;

/**
 * Encrypts a record in place, which lies in pieces. The outer header holds the nonce, and zeros for tag and sums:
 * what a mutation made of them is by how much they are wrong.
 */
function seal(outer: Uint8Array<ArrayBuffer>, pieces: readonly Uint8Array[], { key, imageId }: RecordKey): void {
  if (outer.length < RECORD_HEADER_SIZE) return;
  const cipher = createCipheriv("aes-256-gcm", key, outer.subarray(sha256.at, TAG.at)).setAAD(imageId);
  let sum = 0;
  for (const piece of pieces) {
    piece.set(cipher.update(piece));
    sum = crc32(piece, sum);
  }
  cipher.final();
  for (const [i, byte] of cipher.getAuthTag().entries()) outer[TAG.at + i] = (outer[TAG.at + i] ?? 0) ^ byte;
  const view = new DataView(outer.buffer, outer.byteOffset, outer.length);
  view.setUint32(payloadCrc32.at, (view.getUint32(payloadCrc32.at, true) ^ sum) >>> 0, true);
  const wrong = view.getUint32(headerCrc32.at, true);
  view.setUint32(headerCrc32.at, 0, true);
  view.setUint32(headerCrc32.at, (crc32(outer) ^ wrong) >>> 0, true);
}

function writeVolume(
  path: string,
  isMissing: boolean,
  { start, end }: { start: number; end: number },
  parts: readonly Part[],
): void {
  if (isMissing) {
    rmSync(path, { force: true });
    return;
  }
  const fd = openSync(path, "w");
  try {
    for (const { at, bytes } of parts) {
      const [from, to] = [Math.max(start, at), Math.min(end, at + bytes.length)];
      if (to > from) writeSync(fd, bytes, from - at, to - from, from - start);
    }
    ftruncateSync(fd, Math.max(0, end - start));
  } finally {
    closeSync(fd);
  }
}
