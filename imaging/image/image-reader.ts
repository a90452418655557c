import { hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { openCodec } from "#imaging/codec/codec.ts";
import { ExtentList } from "#imaging/extent.ts";
import { buildChunkTable, type ChunkTable, type RegionExtents, rawBytes } from "#imaging/image/chunk-table.ts";
import {
  type CatalogueEntry,
  CHUNK_SIZE,
  CODEC,
  catalogueEntry,
  extentEntry,
  type FileHeader,
  FOOTER_SIZE,
  FORMAT_VERSION,
  type Footer,
  fileHeader,
  footer,
  HEADER_SIZE,
  indexEntry,
  RECORD,
  RECORD_HEADER_SIZE,
  recordHeader,
  recordSize,
} from "#imaging/image/format.ts";
import { Manifest } from "#imaging/image/manifest.ts";
import { checkRecord } from "#imaging/image/record.ts";

/** The largest page that a record may announce: a damaged length must not make us allocate without bound. */
const MOST_PAGE_BYTES = 256 << 20;

/** An image whose header, footer, catalogue, manifest, extents and index have all been checked. */
export interface Image {
  readonly path: string;
  readonly fileSize: number;
  /** Hex: the identity of all content. */
  readonly rootHash: string;
  readonly manifest: Manifest;
  readonly regions: readonly RegionExtents[];
  readonly chunks: ChunkTable;
}

/**
 * Opens an image and checks everything but the chunks' data (that is `verifyImage`).
 * @throws OPEN_FAILED, IMAGE_NOT_RECOGNISED, IMAGE_UNSUPPORTED, IMAGE_DAMAGED
 */
export async function openImage(path: string): Promise<Image> {
  await using file = await ImageFile.open(path);
  const end = await file.readFooter(await file.readHeader());
  const catalogue = await file.readCatalogue(end);
  const manifest = await file.readManifest(catalogue);
  const regions = await file.readExtents(catalogue, manifest);
  const chunks = buildChunkTable(regions);
  await file.readIndex(catalogue, chunks);
  file.checkTiling(catalogue, chunks, end);
  return { path, fileSize: end.fileSize, rootHash: hex(end.rootHash), manifest, regions, chunks };
}

/** Only the header and manifest: what a list of images needs. Same errors. */
export async function readManifest(path: string): Promise<Pick<Image, "path" | "fileSize" | "rootHash" | "manifest">> {
  await using file = await ImageFile.open(path);
  const end = await file.readFooter(await file.readHeader());
  const manifest = await file.readManifest(await file.readCatalogue(end));
  return { path, fileSize: end.fileSize, rootHash: hex(end.rootHash), manifest };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

class ImageFile implements AsyncDisposable {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #size: number;
  readonly #codec = openCodec("normal");

  private constructor(path: string, file: FileHandle, size: number) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
  }

  static async open(path: string): Promise<ImageFile> {
    try {
      const file = await open(path, "r");
      const stat = await file.stat();
      if (stat.isFile()) return new ImageFile(path, file, stat.size);
      await file.close();
    } catch (cause) {
      throw new LifeboatError("OPEN_FAILED", { path, reason: (cause as Error).message }, { cause });
    }
    throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file: path, problem: "it is not a regular file" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }

  async readHeader(): Promise<FileHeader> {
    if (this.#size < HEADER_SIZE) throw this.#foreign(`it has only ${this.#size} bytes`);
    const page = await this.#read(0, HEADER_SIZE, "the header");
    let header: FileHeader;
    try {
      header = fileHeader.parse(page);
    } catch (error) {
      if (isLifeboatError(error, "STRUCT_BAD_VALUE") && error.details.field !== "magic")
        throw this.#damaged("the header", 0, error.message);
      throw this.#foreign("it does not begin as one");
    }
    if (!crcMatches(page, fileHeader.fields.headerCrc32.at, header.headerCrc32))
      throw this.#damaged("the header", 0, "it does not match its checksum");
    if (header.version !== FORMAT_VERSION) throw this.#unsupported(`format version ${header.version}`);
    if (header.incompatible !== 0) throw this.#unsupported(`feature flags 0x${header.incompatible.toString(16)}`);
    if (header.chunkSize !== CHUNK_SIZE) throw this.#unsupported(`chunks of ${header.chunkSize} bytes`);
    return header;
  }

  async readFooter(header: FileHeader): Promise<Footer> {
    const offset = this.#size - FOOTER_SIZE;
    if (offset < HEADER_SIZE) throw this.#damaged("the footer", HEADER_SIZE, "the file is cut off");
    const bytes = await this.#read(offset, FOOTER_SIZE, "the footer");
    let end: Footer;
    try {
      end = footer.parse(bytes);
    } catch {
      throw this.#damaged("the footer", offset, "the file is cut off, or its end is overwritten");
    }
    if (!crcMatches(bytes, footer.fields.footerCrc32.at, end.footerCrc32))
      throw this.#damaged("the footer", offset, "it does not match its checksum");
    if (end.fileSize !== this.#size)
      throw this.#damaged("the file", offset, `it has ${this.#size} bytes, not ${end.fileSize}`);
    if (end.imageId !== header.imageId) throw this.#damaged("the footer", offset, "it belongs to another image");
    return end;
  }

  async readCatalogue(end: Footer): Promise<CatalogueEntry[]> {
    const part = "the catalogue";
    const plain = await this.#readRecord(RECORD.catalogue, end.catalogueOffset, part, end.rootHash);
    const stored = new DataView((await this.#read(end.catalogueOffset, RECORD_HEADER_SIZE, part)).buffer);
    const behind = end.catalogueOffset + recordSize(stored.getUint32(recordHeader.fields.storedLength.at, true));
    if (behind !== end.fileSize - FOOTER_SIZE)
      throw this.#damaged(part, end.catalogueOffset, "the footer does not follow it");
    if (plain.length % catalogueEntry.size !== 0) throw this.#damaged(part, end.catalogueOffset, "it has a part entry");
    return this.#entries(plain, catalogueEntry, part, end.catalogueOffset);
  }

  async readManifest(catalogue: readonly CatalogueEntry[]): Promise<Manifest> {
    const entry = catalogue.find((e) => e.type === RECORD.manifest);
    if (!entry) throw this.#damaged("the catalogue", 0, "it names no manifest");
    const plain = await this.#readRecord(RECORD.manifest, entry.offset, "the manifest", entry.sha256);
    let json: unknown;
    try {
      json = JSON.parse(Buffer.from(plain).toString("utf8"));
    } catch (error) {
      throw this.#damaged("the manifest", entry.offset, (error as Error).message);
    }
    const checked = Manifest.safeParse(json);
    if (!checked.success) throw this.#damaged("the manifest", entry.offset, checked.error.message);
    let end = 0;
    for (const { label, start, size } of checked.data.regions) {
      if (start < end || start + size > checked.data.disk.size)
        throw this.#damaged("the manifest", entry.offset, `${label} overlaps its neighbour or leaves the disk`);
      end = start + size;
    }
    return checked.data;
  }

  async readExtents(catalogue: readonly CatalogueEntry[], manifest: Manifest): Promise<RegionExtents[]> {
    const lists = manifest.regions.map(() => new ExtentList());
    for (const entry of catalogue.filter((e) => e.type === RECORD.extents)) {
      const part = `the extents of region ${entry.region}`;
      const list = lists[entry.region];
      if (!list || list.length !== entry.number) throw this.#damaged(part, entry.offset, "it is out of order");
      const plain = await this.#readRecord(RECORD.extents, entry.offset, part, entry.sha256);
      const size = manifest.regions[entry.region]?.size ?? 0;
      for (const { start, length } of this.#entries(plain, extentEntry, part, entry.offset)) {
        const before = list.length === 0 ? 0 : list.at(list.length - 1).end;
        if (length === 0 || start < before || start + length > size)
          throw this.#damaged(part, entry.offset, "an extent overlaps its neighbour or leaves the region");
        list.add(start, start + length);
      }
    }
    return manifest.regions.map((region, i) => ({ start: region.start, extents: lists[i] ?? new ExtentList() }));
  }

  async readIndex(catalogue: readonly CatalogueEntry[], table: ChunkTable): Promise<void> {
    let chunk = 0;
    for (const entry of catalogue.filter((e) => e.type === RECORD.index)) {
      const part = `the index from chunk ${entry.number}`;
      const plain = await this.#readRecord(RECORD.index, entry.offset, part, entry.sha256);
      for (const row of this.#entries(plain, indexEntry, part, entry.offset)) {
        if (row.number !== table.number[chunk] || row.rawLength !== table.rawLength[chunk])
          throw this.#damaged(part, entry.offset, `chunk ${chunk} does not agree with the extents`);
        table.recordOffset[chunk] = row.offset;
        table.storedLength[chunk] = row.storedLength;
        table.codec[chunk] = row.codec;
        table.sha256.set(row.sha256, chunk * 32);
        chunk++;
      }
    }
    if (chunk !== table.count) throw this.#damaged("the index", 0, `it has ${chunk} entries for ${table.count} chunks`);
  }

  /** Records must cover the file from header to footer without gap or overlap: no byte is outside every checksum. */
  checkTiling(catalogue: readonly CatalogueEntry[], table: ChunkTable, end: Footer): void {
    const pages = catalogue.toSorted((a, b) => a.offset - b.offset);
    let at = HEADER_SIZE;
    let page = 0;
    const passPages = () => {
      for (let next = pages[page]; next?.offset === at; next = pages[++page]) at += recordSize(next.storedLength);
    };
    for (const chunk of inFileOrder(table)) {
      passPages();
      if (table.recordOffset[chunk] !== at) throw this.#damaged("the index", at, "records do not follow one another");
      at += recordSize(table.storedLength[chunk] as number);
    }
    passPages();
    if (page < pages.length) throw this.#damaged("the index", at, "records do not follow one another");
    if (at !== end.catalogueOffset) throw this.#damaged("the catalogue", at, "it is not behind the last record");
    const [chunks, bytes] = [table.count, rawBytes(table)];
    if (end.chunks !== chunks || end.rawBytes !== bytes)
      throw this.#damaged("the footer", end.fileSize - FOOTER_SIZE, "it counts other chunks than the index");
  }

  /** Reads a record whose plain payload must have the given SHA-256. */
  async #readRecord(type: number, offset: number, part: string, sha256: Uint8Array): Promise<Uint8Array> {
    const fail = (problem: string) => this.#damaged(part, offset, problem);
    if (offset + RECORD_HEADER_SIZE > this.#size) throw fail("it lies beyond the end");
    const head = await this.#read(offset, RECORD_HEADER_SIZE, part);
    const lengths = new DataView(head.buffer, head.byteOffset);
    const storedLength = lengths.getUint32(recordHeader.fields.storedLength.at, true);
    const rawLength = lengths.getUint32(recordHeader.fields.rawLength.at, true);
    const size = recordSize(storedLength);
    if (offset + size > this.#size || Math.max(rawLength, size) > MOST_PAGE_BYTES)
      throw fail("its length cannot be right");
    const record = await this.#read(offset, size, part);
    const header = checkRecord(record);
    if ("problem" in header) throw fail(header.problem);
    if (header.type !== type) throw fail("it is a record of another type");
    const stored = record.subarray(RECORD_HEADER_SIZE, RECORD_HEADER_SIZE + storedLength);
    const plain = this.#expand(header.codec, stored, rawLength);
    if (!plain || hash("sha256", plain, "buffer").compare(sha256) !== 0) throw fail("it does not match its SHA-256");
    return plain;
  }

  #expand(codec: number, stored: Uint8Array, rawLength: number): Uint8Array | undefined {
    if (codec === CODEC.stored) return stored;
    const plain = new Uint8Array(rawLength);
    try {
      return this.#codec.expand(stored, plain) === rawLength ? plain : undefined;
    } catch {
      return undefined;
    }
  }

  #entries<T>(plain: Uint8Array, type: { size: number; parse(b: Uint8Array): T }, part: string, offset: number): T[] {
    try {
      return Array.from({ length: plain.length / type.size }, (_, i) => type.parse(plain.subarray(i * type.size)));
    } catch (error) {
      throw this.#damaged(part, offset, (error as Error).message);
    }
  }

  async #read(offset: number, length: number, part: string): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, length - done, offset + done).catch((cause: Error) => {
        throw new LifeboatError("READ_FAILED", { device: this.#path, offset, reason: cause.message }, { cause });
      });
      if (bytesRead === 0) throw this.#damaged(part, offset, "the file is cut off");
      done += bytesRead;
    }
    return bytes;
  }

  #foreign(problem: string): LifeboatError {
    return new LifeboatError("IMAGE_NOT_RECOGNISED", { file: this.#path, problem });
  }
  #unsupported(feature: string): LifeboatError {
    return new LifeboatError("IMAGE_UNSUPPORTED", { file: this.#path, feature });
  }
  #damaged(part: string, offset: number, problem: string): LifeboatError {
    return new LifeboatError("IMAGE_DAMAGED", { file: this.#path, part, offset, problem });
  }
}

/** Chunk numbers by where their records lie. A typed array: an image of a large disk has millions of them. */
function inFileOrder({ count, recordOffset }: ChunkTable): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  return order.sort((a, b) => (recordOffset[a] as number) - (recordOffset[b] as number));
}

function crcMatches(bytes: Uint8Array, crcAt: number, wanted: number): boolean {
  const copy = bytes.slice();
  copy.fill(0, crcAt, crcAt + 4);
  return crc32(copy) === wanted;
}
