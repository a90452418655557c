import { createCipheriv } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import {
  CODEC,
  FEATURE,
  HEADER_SIZE,
  RECORD,
  RECORD_HEADER_SIZE,
  REPOSITORY_CHUNK_SIZE,
} from "#imaging/image/format.ts";
import { headerBytes } from "#imaging/image/header.ts";
import { finishRecord } from "#imaging/image/record.ts";
import { type RecordKey, recordKeyOf } from "#imaging/image/sealed-record.ts";
import { PACK_SIZE, placeEntry } from "#imaging/repository/format.ts";
import { foldersOf } from "#imaging/repository/layout.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { writeIndex } from "#imaging/repository/write-index.ts";
import { sha256 } from "#test/fuzz/image-file.ts";
import { scratchFolder } from "#test/fuzz/scratch.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

/** Parts of a repository that are the same in every thread. */
export const REPOSITORY = "0d1ff8f8-6a1c-4d1c-8a46-9b7d6a3c2f10";
export const STREAM = "1e2ff8f8-6a1c-4d1c-8a46-9b7d6a3c2f11";
export const RECORD_KEY: RecordKey = recordKeyOf(new Uint8Array(32).fill(0x5a), REPOSITORY);

const ABOUT = { createdAt: "2026-01-02T03:04:05.000Z", writer: { program: "fuzz", version: "0", platform: "" } };

/** A repository without anything in it, in this thread's own folder. */
export function emptyRepository(): Repository {
  const folders = foldersOf(join(scratchFolder(), "repo"));
  for (const name of ["points", "packs", "index", "condemned", "deleted", "leases"] as const)
    mkdirSync(folders[name], { recursive: true });
  const sizes = { number: 0, size: 0, chunkSize: REPOSITORY_CHUNK_SIZE };
  writeFileSync(
    folders.file,
    headerBytes({ imageId: REPOSITORY, ...ABOUT }, { ...sizes, incompatible: FEATURE.repository }),
  );
  return { folders, id: REPOSITORY, encrypted: false };
}

/** What a case before has left. */
export function emptyFolder(path: string): void {
  for (const name of readdirSync(path)) rmSync(join(path, name), { force: true });
}

/** A case as a file. */
export async function caseFile(device: ReadableDevice, path: string, most = 1 << 20): Promise<string> {
  writeFileSync(path, await readBytes(device, 0, Math.min(device.size, most)));
  return path;
}

/** A record of each length, as it stands in a pack. */
export function packSeed(key?: RecordKey): Uint8Array {
  const incompatible = FEATURE.pack | (key ? FEATURE.encrypted : 0);
  const sizes = { number: 0, size: PACK_SIZE, chunkSize: REPOSITORY_CHUNK_SIZE, incompatible };
  const records = [1, 16, 100, 4096, 5000].map((length, i) => recordOf(new Uint8Array(length).fill(i + 1), i, key));
  return Buffer.concat([headerBytes({ imageId: STREAM, ...ABOUT }, sizes), ...records]);
}

function recordOf(plain: Uint8Array<ArrayBuffer>, number: number, key: RecordKey | undefined): Uint8Array {
  const lengths = { rawLength: plain.length, storedLength: plain.length };
  const fields = { type: RECORD.chunk, codec: CODEC.stored, region: 0, number: 0, sha256: sha256(plain), ...lengths };
  const room = new Uint8Array(RECORD_HEADER_SIZE + plain.length + 16);
  room.set(plain, RECORD_HEADER_SIZE);
  const record = finishRecord(room, fields);
  return key ? sealed(record, number, key) : record;
}

/** As sealRecord, with a nonce that is the same in every thread. */
function sealed(record: Uint8Array, number: number, { key, imageId }: RecordKey): Uint8Array {
  const trailer = new Uint8Array(32);
  trailer[0] = number;
  const cipher = createCipheriv("aes-256-gcm", key, trailer.subarray(0, 12)).setAAD(imageId);
  const room = new Uint8Array(RECORD_HEADER_SIZE + record.length + 16);
  room.set(cipher.update(record), RECORD_HEADER_SIZE);
  cipher.final();
  trailer.set(cipher.getAuthTag(), 12);
  const lengths = { rawLength: record.length, storedLength: record.length };
  return finishRecord(room, {
    type: RECORD.sealed,
    codec: CODEC.stored,
    region: 0,
    number: 0,
    sha256: trailer,
    ...lengths,
  });
}

/** Chunks of an index file of several pages; the first one is that of a point's chunks. */
export const INDEX_IDS = Array.from({ length: 200 }, (_, i) =>
  i === 0 ? new Uint8Array(32) : sha256(Uint8Array.of(i)),
);

export async function indexSeed(): Promise<Uint8Array> {
  const path = join(scratchFolder(), "seed.lbx");
  rmSync(path, { force: true });
  const sorted = INDEX_IDS.toSorted((a, b) => Buffer.compare(a, b));
  const packs = [0, 1, 2].map((number) => ({ stream: STREAM, number, size: PACK_SIZE }));
  const rows = sorted.map((id, i) =>
    placeEntry.serialise({ id, pack: i % 3, place: HEADER_SIZE / 16 + 10 * i, storedLength: 80, codec: CODEC.stored }),
  );
  await writeIndex(path, { repositoryId: REPOSITORY, indexId: STREAM, packs, rows });
  const content = readFileSync(path);
  // When it was written: the same in every thread.
  content.writeBigUInt64LE(1n, 40);
  resealPage(content, 0);
  return content;
}

function resealPage(bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(at + 4092, crc32(bytes.subarray(at, at + 4092)), true);
}

export function resealPages(image: SparseImage): void {
  for (let at = 0; at + 4096 <= image.size && at < 1 << 20; at += 4096) {
    const page = image.bytes(at, 4096);
    resealPage(page, 0);
    image.write(page, at);
  }
}

/** Sums of the records that stand at these places. */
export function resealRecords(image: SparseImage, places: readonly number[]): void {
  for (const at of places) {
    if (at + RECORD_HEADER_SIZE > image.size) return;
    const head = image.bytes(at, RECORD_HEADER_SIZE);
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const length = Math.min(view.getUint32(20, true), 1 << 20);
    view.setUint32(24, crc32(image.bytes(at + RECORD_HEADER_SIZE, Math.ceil(length / 16) * 16)), true);
    view.setUint32(28, 0, true);
    view.setUint32(28, crc32(head), true);
    image.write(head, at);
  }
}
