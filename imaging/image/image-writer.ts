import { createHash, hash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, link, lstat, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { LifeboatError } from "#base/errors.ts";
import { openCodec } from "#imaging/codec/codec.ts";
import { type ChunkTable, type RegionExtents, rawBytes } from "#imaging/image/chunk-table.ts";
import {
  type CatalogueEntry,
  CHUNK_SIZE,
  CODEC,
  catalogueEntry,
  extentEntry,
  FOOTER_SIZE,
  FORMAT_VERSION,
  fileHeader,
  footer,
  HEADER_SIZE,
  indexEntry,
  PAGE_ENTRIES,
  RECORD,
  RECORD_HEADER_SIZE,
} from "#imaging/image/format.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { sealRecord } from "#imaging/image/record.ts";
import { isOpen } from "#imaging/system/is-open.ts";

/**
 * Writes all of an image file but its chunk records, which the worker threads write themselves.
 *
 *   create: header, manifest, extents pages -> (workers: chunk records) -> commit: index pages, catalogue, footer
 *
 * The file is `<name>.partial` until commit has made it durable and given it its name; a capture that is killed
 * or fails leaves no file that passes for an image.
 */
export class ImageWriter implements AsyncDisposable {
  readonly partialPath: string;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #manifest: Manifest;
  readonly #pages: CatalogueEntry[] = [];
  readonly #codec = openCodec("normal");
  #end = HEADER_SIZE;
  #committed = false;

  private constructor(path: string, file: FileHandle, manifest: Manifest) {
    this.#path = path;
    this.partialPath = partialPath(path);
    this.#file = file;
    this.#manifest = manifest;
  }

  /** @throws FILE_EXISTS, OPEN_FAILED, SPACE_EXHAUSTED */
  static async create(path: string, manifest: Manifest, regions: readonly RegionExtents[]): Promise<ImageWriter> {
    const writer = new ImageWriter(path, await createPartial(path), manifest);
    try {
      await writer.#write(headerBytes(manifest), 0);
      await writer.#append(RECORD.manifest, 0, 0, 1, Buffer.from(JSON.stringify(manifest)));
      for (const [region, { extents }] of regions.entries()) await writer.#appendExtents(region, extents);
      return writer;
    } catch (error) {
      await writer[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Where the first chunk record goes. */
  get chunksOffset(): number {
    return this.#end;
  }

  /** Completes the file. `endOffset` is where the last chunk record ended. @returns the root hash in hex and the size. */
  async commit(table: ChunkTable, endOffset: number): Promise<{ rootHash: string; fileSize: number }> {
    this.#end = endOffset;
    await this.#appendIndex(table);
    const catalogue = Buffer.concat(this.#pages.map((page) => catalogueEntry.serialise(page)));
    const rootHash = hash("sha256", catalogue, "buffer");
    const catalogueOffset = this.#end;
    await this.#append(RECORD.catalogue, 0, 0, this.#pages.length, catalogue);
    const fileSize = this.#end + FOOTER_SIZE;
    await this.#write(
      withCrc(
        footer.serialise({
          magic: "LBFOOTER",
          imageId: this.#manifest.imageId,
          fileSize,
          catalogueOffset,
          rawBytes: rawBytes(table),
          chunks: table.count,
          rootHash: new Uint8Array(rootHash),
          footerCrc32: 0,
        }),
        footer.fields.footerCrc32.at,
      ),
      this.#end,
    );
    await this.#publish();
    return { rootHash: rootHash.toString("hex"), fileSize };
  }

  /** Removes the unfinished file unless commit ran. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close().catch(() => {}); // already closed by commit
    if (!this.#committed) await unlink(this.partialPath);
  }

  /** Content first, then the name: after a crash there is either no image or a whole one. */
  async #publish(): Promise<void> {
    await this.#file.sync().catch((cause: unknown) => {
      throw writeError(this.partialPath, this.#end, cause);
    });
    await this.#file.close();
    await publish(this.partialPath, this.#path);
    this.#committed = true;
    await using folder = await open(dirname(this.#path), "r");
    // The image is whole and has its name; some network and FUSE file systems refuse to flush a folder.
    await folder.sync().catch(() => {});
  }

  async #appendExtents(region: number, extents: RegionExtents["extents"]): Promise<void> {
    for (let first = 0; first < extents.length; first += PAGE_ENTRIES) {
      const count = Math.min(PAGE_ENTRIES, extents.length - first);
      const page = new Uint8Array(count * extentEntry.size);
      for (let i = 0; i < count; i++) {
        const { start, end } = extents.at(first + i);
        page.set(extentEntry.serialise({ start, length: end - start }), i * extentEntry.size);
      }
      await this.#append(RECORD.extents, region, first, count, page);
    }
  }

  async #appendIndex(table: ChunkTable): Promise<void> {
    for (let first = 0; first < table.count; first += PAGE_ENTRIES) {
      const count = Math.min(PAGE_ENTRIES, table.count - first);
      const page = new Uint8Array(count * indexEntry.size);
      for (let i = 0; i < count; i++) page.set(indexBytes(table, first + i), i * indexEntry.size);
      await this.#append(RECORD.index, 0, first, count, page);
    }
  }

  async #append(type: number, region: number, number: number, count: number, plain: Uint8Array): Promise<void> {
    const buffer = new Uint8Array(RECORD_HEADER_SIZE + plain.length + 1024);
    const room = buffer.subarray(RECORD_HEADER_SIZE, RECORD_HEADER_SIZE + Math.max(0, plain.length - 1));
    const compressed = this.#codec.compress(plain, room);
    if (compressed === undefined) buffer.set(plain, RECORD_HEADER_SIZE);
    const storedLength = compressed ?? plain.length;
    const sha256 = new Uint8Array(createHash("sha256").update(plain).digest());
    const codec = compressed === undefined ? CODEC.stored : CODEC.zstd;
    const record = sealRecord(buffer, { type, codec, region, number, rawLength: plain.length, storedLength, sha256 });
    if (type !== RECORD.catalogue)
      this.#pages.push({
        type,
        region,
        number,
        count,
        offset: this.#end,
        sha256,
        rawLength: plain.length,
        storedLength,
      });
    await this.#write(record, this.#end);
    this.#end += record.length;
  }

  async #write(bytes: Uint8Array, offset: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; )
        done += (await this.#file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    } catch (cause) {
      throw writeError(this.partialPath, offset, cause);
    }
  }
}

function writeError(file: string, offset: number, cause: unknown): LifeboatError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOSPC") return new LifeboatError("SPACE_EXHAUSTED", { file }, { cause });
  return new LifeboatError("WRITE_FAILED", { device: file, offset, reason: message }, { cause });
}

export const partialPath = (path: string): string => `${path}.partial`;

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function createPartial(path: string): Promise<FileHandle> {
  if (await exists(path)) throw new LifeboatError("FILE_EXISTS", { file: path });
  const partial = partialPath(path);
  if (await exists(partial)) {
    if (await isOpen(partial)) throw new LifeboatError("JOB_BUSY", { device: partial });
    // What an interrupted capture left: it is no image, and this capture replaces it.
    await unlink(partial);
  }
  try {
    return await open(partial, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (cause) {
    throw new LifeboatError("OPEN_FAILED", { path, reason: (cause as Error).message }, { cause });
  }
}

/** Gives the finished file its name, and never replaces one: link(2) fails where rename(2) would overwrite. */
async function publish(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
    await unlink(partial);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new LifeboatError("FILE_EXISTS", { file: path }, { cause });
    // FAT and exFAT have no hard links, and rename(2) would replace a file that came here meanwhile.
    if (await exists(path)) throw new LifeboatError("FILE_EXISTS", { file: path }, { cause });
    await rename(partial, path);
  }
}

function headerBytes(manifest: Manifest): Uint8Array {
  const page = new Uint8Array(HEADER_SIZE);
  page.set(
    fileHeader.serialise({
      magic: "LIFEBOAT",
      version: FORMAT_VERSION,
      compatible: 0,
      readOnly: 0,
      incompatible: 0,
      imageId: manifest.imageId,
      created: Date.parse(manifest.createdAt),
      chunkSize: CHUNK_SIZE,
      writer: `${manifest.writer.program} ${manifest.writer.version}`,
      platform: manifest.writer.platform,
      headerCrc32: 0,
    }),
  );
  return withCrc(page, fileHeader.fields.headerCrc32.at);
}

/** Sets the CRC-32 of all of `bytes`, whose field at `crcAt` is zero now. */
function withCrc(bytes: Uint8Array, crcAt: number): Uint8Array {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(crcAt, crc32(bytes), true);
  return bytes;
}

const indexBytes = (table: ChunkTable, chunk: number): Uint8Array =>
  indexEntry.serialise({
    number: table.number[chunk] as number,
    codec: table.codec[chunk] as number,
    rawLength: table.rawLength[chunk] as number,
    storedLength: table.storedLength[chunk] as number,
    offset: table.recordOffset[chunk] as number,
    sha256: table.sha256.slice(chunk * 32, chunk * 32 + 32),
  });
