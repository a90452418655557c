import { createHash } from "node:crypto";
import { crc32, zstdDecompressSync } from "node:zlib";

/**
 * Readers written from docs/format/image.md alone, which share no code with the engine: they hold the page and the
 * engine against each other.
 */
const WINDOW = 1_048_576;
const MANIFEST = 1;
const EXTENTS = 2;
const CHUNK = 3;
const INDEX = 4;
const CATALOGUE = 5;

interface FoundRecord {
  readonly type: number;
  readonly region: number;
  readonly number: number;
  readonly length: number;
  readonly plain: Buffer;
}
interface Window {
  readonly key: string;
  readonly runs: { at: number; length: number }[];
}

function need(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** CRC-32 of bytes with the four at `at` taken as zero. */
function crcWithout(bytes: Buffer, at: number): number {
  const copy = Buffer.from(bytes);
  copy.fill(0, at, at + 4);
  return crc32(copy);
}
const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();
const u64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

/** Records: the header of 64 bytes, payload, padding to 16. */
function readRecord(file: Buffer, at: number): FoundRecord {
  const head = file.subarray(at, at + 64);
  need(head.toString("latin1", 0, 4) === "LBRC", `no record at ${at}`);
  need(crcWithout(head, 28) === head.readUInt32LE(28), `header at ${at}`);
  const [rawLength, storedLength] = [head.readUInt32LE(16), head.readUInt32LE(20)];
  const end = at + 64 + Math.ceil(storedLength / 16) * 16;
  need(crc32(file.subarray(at + 64, end)) === head.readUInt32LE(24), `payload at ${at}`);
  const stored = file.subarray(at + 64, at + 64 + storedLength);
  const codec = head[5];
  const plain = codec === 0 ? stored : codec === 1 ? zstdDecompressSync(stored) : Buffer.alloc(rawLength);
  need(plain.length === rawLength && sha256(plain).equals(head.subarray(32, 64)), `content at ${at}`);
  return {
    type: head[4] as number,
    region: head.readUInt32LE(8),
    number: head.readUInt32LE(12),
    length: end - at,
    plain,
  };
}

/** Chunks: extents cut at the windows of their region. */
function windowsOf(regions: readonly { start: number }[], pages: readonly FoundRecord[]): Window[] {
  const windows = new Map<string, Window>();
  for (const [index, { start }] of regions.entries())
    for (const page of pages.filter((p) => p.region === index).sort((a, b) => a.number - b.number))
      for (let at = 0; at < page.plain.length; at += 16) {
        const [from, length] = [u64(page.plain, at), u64(page.plain, at + 8)];
        for (let byte = from; byte < from + length; ) {
          const number = Math.floor(byte / WINDOW);
          const stop = Math.min(from + length, (number + 1) * WINDOW);
          const key = `${index}/${number}`;
          const window = windows.get(key) ?? { key, runs: [] };
          window.runs.push({ at: start + byte, length: stop - byte });
          windows.set(key, window);
          byte = stop;
        }
      }
  return [...windows.values()];
}

function place(disk: Buffer, window: Window, plain: Buffer): void {
  let from = 0;
  for (const { at, length } of window.runs) {
    plain.copy(disk, at, from, from + length);
    from += length;
  }
  need(from === plain.length, `length of ${window.key}`);
}

type ManifestJson = { disk: { size: number }; regions: { start: number }[] };

/** "How to read an image", step by step. @returns the whole disk */
export function readBySpecification(file: Buffer): Buffer {
  need(file.toString("latin1", 0, 8) === "LIFEBOAT" && file.readUInt16LE(8) === 1, "file header");
  need(crcWithout(file.subarray(0, 4096), 156) === file.readUInt32LE(156), "file header's checksum");
  const footer = file.subarray(file.length - 128);
  need(footer.toString("latin1", 0, 8) === "LBFOOTER", "footer");
  need(crcWithout(footer, 124) === footer.readUInt32LE(124), "footer's checksum");
  need(u64(footer, 24) === file.length && footer.subarray(8, 24).equals(file.subarray(24, 40)), "footer's fields");
  const catalogueAt = u64(footer, 32);
  const catalogue = readRecord(file, catalogueAt);
  need(catalogue.type === CATALOGUE && catalogueAt + catalogue.length === file.length - 128, "catalogue's place");
  need(sha256(catalogue.plain).equals(footer.subarray(56, 88)), "root hash");

  const records: FoundRecord[] = [];
  for (let at = 0; at < catalogue.plain.length; at += 64) {
    const record = readRecord(file, u64(catalogue.plain, at + 16));
    need(sha256(record.plain).equals(catalogue.plain.subarray(at + 24, at + 56)), "hash in the catalogue");
    need(record.type === catalogue.plain[at], "type in the catalogue");
    records.push(record);
  }
  const manifest = parseManifest(records);
  const windows = windowsOf(
    manifest.regions,
    records.filter((r) => r.type === EXTENTS),
  );
  const index = Buffer.concat(records.filter((r) => r.type === INDEX).map((r) => r.plain));
  need(index.length === windows.length * 56 && u64(footer, 48) === windows.length, "number of chunks");
  const disk = Buffer.alloc(manifest.disk.size);
  for (const [i, window] of windows.entries()) {
    const entry = index.subarray(i * 56, i * 56 + 56);
    const record = readRecord(file, u64(entry, 16));
    need(`${record.region}/${record.number}` === window.key && record.number === entry.readUInt32LE(0), "window");
    need(sha256(record.plain).equals(entry.subarray(24, 56)), "hash in the index");
    place(disk, window, record.plain);
  }
  return disk;
}

/** "How to rebuild the index by a forward scan". @returns the whole disk */
export function readByScan(file: Buffer): Buffer {
  const records: FoundRecord[] = [];
  for (let at = 4096; at + 64 <= file.length; ) {
    const record = tryRecord(file, at);
    if (record) records.push(record);
    at += record?.length ?? 16;
  }
  const manifest = parseManifest(records);
  const disk = Buffer.alloc(manifest.disk.size);
  for (const window of windowsOf(
    manifest.regions,
    records.filter((r) => r.type === EXTENTS),
  )) {
    const record = records.find((r) => r.type === CHUNK && `${r.region}/${r.number}` === window.key);
    if (!record) throw new Error(`chunk ${window.key} is lost`);
    place(disk, window, record.plain);
  }
  return disk;
}

function tryRecord(file: Buffer, at: number): FoundRecord | undefined {
  try {
    return readRecord(file, at);
  } catch {
    return undefined;
  }
}

function parseManifest(records: readonly FoundRecord[]): ManifestJson {
  const record = records.find((r) => r.type === MANIFEST);
  if (!record) throw new Error("no manifest");
  return JSON.parse(record.plain.toString("utf8")) as ManifestJson;
}
