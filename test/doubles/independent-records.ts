import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { crc32, zstdDecompressSync } from "node:zlib";
import { crcWithout, need, sha256, u64 } from "#test/doubles/independent-bytes.ts";
import { decrypt, type Key, recordKeyBySpecification } from "#test/doubles/independent-keys.ts";

/** Volumes and records by docs/format/image.md alone, without any code of the engine. */
const HEADER = 4096;
const KEY_AREA = 8192;
export const TYPE = { manifest: 1, extents: 2, chunk: 3, index: 4, catalogue: 5, badExtents: 6, sealed: 7 } as const;
const MIB = 1_048_576;
/** The most plain bytes of a record by its type. */
const MOST: readonly number[] = [0, 4 * MIB, 262_144, MIB, 229_376, 64 * MIB, 262_144, 64 * MIB + 64];

export interface RecordHead {
  readonly type: number;
  readonly codec: number;
  readonly region: number;
  readonly number: number;
  readonly rawLength: number;
  readonly storedLength: number;
  /** Bytes in the file, header and padding included; of the sealed record where it is in one. */
  readonly length: number;
  readonly bytes: Buffer;
}
/** A record that passed every check of its own. */
export interface FoundRecord extends RecordHead {
  readonly sha256: Buffer;
  readonly plain: Buffer;
}
export interface Volumes {
  readonly files: readonly Buffer[];
  readonly imageId: Buffer;
  /** Infinity for an image of one file. */
  readonly volumeSize: number;
  /** Address of the first record. */
  readonly first: number;
  readonly key: Key | undefined;
}

/** The name of a volume behind that of the image: of volume 1 `.002`. */
const ending = (n: number): string => (n === 0 ? "" : `.${String(n + 1).padStart(3, "0")}`);

/** All volumes of an image by the name of its first. An image of one file has no others, whatever is called so. */
export function readVolumes(path: string): Buffer[] {
  const first = readFileSync(path);
  if (u64(first, 56) === 0) return [first];
  const numbers = readdirSync(dirname(path)).flatMap((file) => {
    const n = Number(/\.(\d+)$/.exec(file)?.[1] ?? 0) - 1;
    return n > 0 && file === basename(path) + ending(n) ? [n] : [];
  });
  return Array.from({ length: Math.max(0, ...numbers) + 1 }, (_, n) => readFileSync(path + ending(n)));
}

/** "File header" of each volume. */
export function openVolumes(files: readonly Buffer[], password?: string): Volumes {
  const first = files[0];
  if (!first) throw new Error("no volume");
  for (const [n, file] of files.entries()) {
    need(file.length >= HEADER && file.toString("latin1", 0, 8) === "LIFEBOAT", `volume ${n} is no image`);
    need(crcWithout(file.subarray(0, HEADER), 156) === file.readUInt32LE(156), `header of volume ${n} is damaged`);
    need(file.readUInt16LE(8) === 2, "version");
    need(file.readUInt32LE(20) >>> 1 === 0, "an unknown incompatible feature");
    need(file.readUInt32LE(48) === MIB, "size of chunks");
    need(file.subarray(24, 40).equals(first.subarray(24, 40)), `volume ${n} is of another image`);
    need(file.readUInt32LE(20) === first.readUInt32LE(20), `volume ${n} has other features`);
    need(u64(file, 56) === u64(first, 56) && file.readUInt32LE(52) === n, `volume ${n} has another place`);
  }
  const size = u64(first, 56);
  const encrypted = first.readUInt32LE(20) === 1;
  need(size === 0 ? files.length === 1 : size >= 16 * MIB && size % 4096 === 0, "size of volumes");
  need(size === 0 || files.every((file) => file.length <= size), "a volume is too large");
  need(!encrypted || password !== undefined, "an encrypted image needs a password");
  return {
    files,
    imageId: first.subarray(24, 40),
    volumeSize: size || Number.POSITIVE_INFINITY,
    first: encrypted ? HEADER + KEY_AREA : HEADER,
    key: encrypted ? recordKeyBySpecification(first, password ?? "") : undefined,
  };
}

/** The record at an address. */
export function recordAt({ files, volumeSize, key }: Volumes, address: number): FoundRecord {
  const n = Math.floor(address / volumeSize);
  const file = files[n];
  const at = n === 0 ? address : address % volumeSize;
  if (!file || at % 16 !== 0 || at < HEADER) throw new Error(`no record at ${address}`);
  return readRecord(file, at, key);
}

/** Takes the records in their order, and says when they leave a gap, or end a volume that had room for one more. */
export function recordFollower({ files, volumeSize, first }: Volumes): (at: number, length: number) => void {
  let [end, n] = [first, 0];
  return (at, length) => {
    if (at !== end) {
      const left = (n + 1) * volumeSize - end;
      need(end === n * volumeSize + (files[n]?.length ?? 0), `bytes behind the last record of volume ${n}`);
      need(length > left, `volume ${n} ends too early`);
      n++;
      need(at === n * volumeSize + HEADER, `a gap or an overlap at ${at}`);
    }
    end = at + length;
  };
}

/** The header of the record at a place of a file; undefined where there is none. */
export function recordHead(file: Buffer, at: number): RecordHead | undefined {
  const bytes = file.subarray(at, at + 64);
  if (bytes.length < 64 || bytes.toString("latin1", 0, 4) !== "LBRC") return undefined;
  if (crcWithout(bytes, 28) !== bytes.readUInt32LE(28)) return undefined;
  const [type, codec] = [bytes.readUInt8(4), bytes.readUInt8(5)];
  const [region, number, rawLength, storedLength] = [8, 12, 16, 20].map((place) => bytes.readUInt32LE(place)) as [
    number,
    number,
    number,
    number,
  ];
  const length = 64 + Math.ceil(storedLength / 16) * 16;
  return { type, codec, region, number, rawLength, storedLength, length, bytes };
}

/** A record of an image, opened where the image is encrypted, with every check. */
export function readRecord(file: Buffer, at: number, key?: Key): FoundRecord {
  const outer = recordHead(file, at);
  if (!outer) throw new Error(`no record at ${at}`);
  need((outer.type === TYPE.sealed) === (key !== undefined), `sealed or not at ${at}`);
  const payload = storedPayload(file, at, outer);
  if (!key) return { ...outer, ...expand(outer, payload) };
  const empty = outer.codec === 0 && outer.region === 0 && outer.number === 0;
  need(empty && outer.rawLength === outer.storedLength && outer.bytes.readUInt32LE(60) === 0, `sealed header at ${at}`);
  const [nonce, tag] = [outer.bytes.subarray(32, 44), outer.bytes.subarray(44, 60)];
  const opened = decrypt(key.key, nonce, tag, key.imageId, payload);
  if (!opened) throw new Error(`the tag of the record at ${at} does not match`);
  const inner = recordHead(opened, 0);
  if (inner?.length !== opened.length || inner.type === TYPE.sealed) throw new Error(`no record inside that at ${at}`);
  return { ...inner, ...expand(inner, storedPayload(opened, 0, inner)), length: outer.length };
}

function storedPayload(file: Buffer, at: number, { length, storedLength, type, bytes }: RecordHead): Buffer {
  need(storedLength <= (MOST[type] ?? 0) && at + length <= file.length, `length of the record at ${at}`);
  need(crc32(file.subarray(at + 64, at + length)) === bytes.readUInt32LE(24), `payload at ${at} is damaged`);
  return file.subarray(at + 64, at + 64 + storedLength);
}

function expand({ type, codec, rawLength, bytes }: RecordHead, stored: Buffer) {
  need(rawLength <= (MOST[type] ?? 0), `a record of type ${type} with ${rawLength} bytes`);
  need(codec <= 1 || (codec === 2 && type === TYPE.chunk && stored.length === 0), `codec ${codec}`);
  const plain =
    codec === 0
      ? stored
      : codec === 1
        ? zstdDecompressSync(stored, { maxOutputLength: rawLength })
        : Buffer.alloc(rawLength);
  const hash = sha256(plain);
  need(plain.length === rawLength && hash.equals(bytes.subarray(32, 64)), "the content has another hash");
  return { plain, sha256: hash };
}
