import { hash } from "node:crypto";
import { truncate, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import type { ExtentList } from "#imaging/extent.ts";
import { type ChunkTable, plainBytes, type RegionExtents } from "#imaging/image/chunk-table.ts";
import {
  CODEC,
  catalogueEntry,
  chunkSizeOf,
  FEATURE,
  FOOTER_SIZE,
  footer,
  HEADER_SIZE,
  indexEntry,
  RECORD,
} from "#imaging/image/format.ts";
import { headerBytes, withCrc } from "#imaging/image/header.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { createPartial, publishFile, removePartials } from "#imaging/image/partial-files.ts";
import { RecordFile, writeError } from "#imaging/image/record-file.ts";
import { RecordWriter } from "#imaging/image/record-writer.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import {
  checkVolumeSize,
  fileOfVolume,
  type ImagePlace,
  lastVolume,
  partialPath,
  volumePath,
  volumesBeside,
} from "#imaging/image/volumes.ts";
import type { PackStream } from "#imaging/repository/pack-stream.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

export interface WriterOptions {
  /** The most bytes of a volume; 0 for one file. */
  readonly volumeSize: number;
  /** Encrypts all but the header; `keyArea` is written as it is. */
  readonly encryption?: { readonly recordKey: RecordKey; readonly keyArea: Uint8Array } | undefined;
  /** Of a point: where its chunks go. */
  readonly packs?: PackStream | undefined;
  /** Bytes of a window. Default: that of a capture. */
  readonly chunkSize?: number;
}

/** From where an interrupted capture can go on: all before `end` is durable and complete. */
export interface WriterCheckpoint {
  readonly end: number;
  /** Of a point: the address in its packs behind the last chunk. */
  readonly packsEnd?: number | undefined;
  readonly chunks: number;
  readonly rawBytes: number;
  /** Addresses of the records that the catalogue will name, in their order. */
  readonly pages: readonly number[];
}

/**
 * Writes all of an image but its chunk records, which the threads write themselves.
 *
 *   create: header, manifest, extents pages
 *     -> for each segment: (threads: chunk records), appendIndex, checkpoint
 *     -> finish: catalogue, footer -> (verify) -> publish: the names
 *
 * The files end with `.partial` until publish; a capture that fails leaves nothing that passes for an image.
 */
export class ImageWriter implements AsyncDisposable {
  readonly place: ImagePlace;
  readonly chunkSize: number;
  readonly #manifest: Manifest;
  readonly #encryption: WriterOptions["encryption"];
  readonly #packs: PackStream | undefined;
  readonly #file: RecordFile;
  readonly #records: RecordWriter;
  #chunks = 0;
  #rawBytes = 0;
  #kept = false;
  /** Volumes before this one are flushed: of many small ones only the newest are, at each checkpoint. */
  #durable = 0;

  private constructor(path: string, manifest: Manifest, options: WriterOptions) {
    const { volumeSize, encryption, packs, chunkSize = chunkSizeOf(packs !== undefined) } = options;
    this.place = { path, unfinished: true, volumeSize, recordKey: encryption?.recordKey, isPoint: packs !== undefined };
    this.chunkSize = chunkSize;
    this.#packs = packs;
    this.#manifest = manifest;
    this.#encryption = encryption;
    this.#file = new RecordFile(this.place, "r+");
    this.#records = new RecordWriter(this.place, this.#file);
  }

  /** @throws FILE_EXISTS, JOB_BUSY, CREATE_FAILED, SPACE_EXHAUSTED, USAGE */
  static async create(
    path: string,
    manifest: Manifest,
    regions: readonly RegionExtents[],
    options: WriterOptions,
  ): Promise<ImageWriter> {
    if (options.volumeSize > 0) checkVolumeSize(options.volumeSize);
    await createPartial(path);
    const writer = new ImageWriter(path, manifest, options);
    try {
      await writer.#file.write(writer.#header(0), 0);
      await options.packs?.begin();
      if (options.encryption && !options.packs) await writer.#file.write(options.encryption.keyArea, HEADER_SIZE);
      await writer.#records.append({ type: RECORD.manifest, count: 1 }, Buffer.from(JSON.stringify(manifest)));
      for (const [region, { extents }] of regions.entries())
        await writer.#records.appendExtents(RECORD.extents, region, extents);
      return writer;
    } catch (error) {
      await writer[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Goes on with an unfinished image: what lies behind the checkpoint is cut off.
   * @throws OPEN_FAILED, IMAGE_DAMAGED when a page of before is not what it was
   */
  static async resume(
    path: string,
    manifest: Manifest,
    options: WriterOptions,
    from: WriterCheckpoint,
  ): Promise<ImageWriter> {
    const writer = new ImageWriter(path, manifest, options);
    writer.#kept = true;
    try {
      await options.packs?.begin();
      await writer.#records.recall(from.pages);
      await writer.#cutBehind(from.end);
    } catch (error) {
      await writer[Symbol.asyncDispose]();
      throw error;
    }
    writer.#records.end = from.end;
    writer.#durable = lastVolume(writer.place, from.end);
    writer.#chunks = from.chunks;
    writer.#rawBytes = from.rawBytes;
    return writer;
  }

  /** Where threads write records of chunks, from `chunksEnd` on. */
  get chunkPlace(): ImagePlace {
    return this.#packs?.place ?? this.place;
  }

  get chunksEnd(): number {
    return this.#packs?.end ?? this.#records.end;
  }

  /** Appends the index of a segment whose chunk records end at `end`. */
  async appendIndex(table: ChunkTable, end: number): Promise<void> {
    if (this.#packs) await this.#packs.add(table, end);
    else this.#records.end = end;
    const page = new Uint8Array(table.count * indexEntry.size);
    for (let i = 0; i < table.count; i++)
      page.set(indexBytes(table, i, this.#packs !== undefined), i * indexEntry.size);
    await this.#records.append({ type: RECORD.index, first: table.first, count: table.count }, page);
    this.#chunks += table.count;
    this.#rawBytes += plainBytes(table);
  }

  /** Appends what could not be read of the disk: bytes of the disk, in order. */
  appendBad(extents: ExtentList): Promise<void> {
    return this.#records.appendExtents(RECORD.bad, 0, extents);
  }

  /** Makes all so far durable; what is written meanwhile does not count. @returns from where a later run can go on */
  async checkpoint(): Promise<WriterCheckpoint> {
    const pages = this.#records.pages.map(({ offset }) => offset);
    const packsEnd = this.#packs?.end;
    const reached = { end: this.#records.end, chunks: this.#chunks, rawBytes: this.#rawBytes, pages };
    // What an index page names must be there when the page is.
    await this.#packs?.flush();
    await this.#makeDurable();
    return { ...reached, ...(packsEnd !== undefined && { packsEnd }) };
  }

  get chunks(): number {
    return this.#chunks;
  }

  /** Completes the files, which still have their unfinished names. @returns the root hash in hex, and bytes that were written */
  async finish(): Promise<{ rootHash: string; fileSize: number; volumes: number }> {
    const catalogue = Buffer.concat(this.#records.pages.map((page) => catalogueEntry.serialise(page)));
    const rootHash = hash("sha256", catalogue, "buffer");
    const page = { type: RECORD.catalogue, count: this.#records.pages.length };
    const offset = await this.#records.append(page, catalogue, FOOTER_SIZE);
    const volumes = lastVolume(this.place, this.#records.end) + 1;
    const end = footer.serialise({
      magic: "LBFOOTER",
      imageId: this.#manifest.imageId,
      fileSize: this.#records.end - (volumes - 1) * this.place.volumeSize + FOOTER_SIZE,
      catalogueOffset: offset,
      rawBytes: this.#rawBytes,
      chunks: this.#chunks,
      rootHash: new Uint8Array(rootHash),
      volumes,
      footerCrc32: 0,
    });
    await this.#file.write(withCrc(end, footer.fields.footerCrc32.at), this.#records.end);
    await this.#packs?.finish();
    await this.#makeDurable();
    const fileSize = (await this.#bytesOfVolumes()) + (this.#packs?.bytes ?? 0);
    return { rootHash: rootHash.toString("hex"), fileSize, volumes };
  }

  /** Gives the finished files their names, the first volume last: a name without `.partial` stands for a whole image. */
  async publish(): Promise<void> {
    await this.#file[Symbol.asyncDispose]();
    // Chunks before the image that names them.
    await this.#packs?.publish();
    const { path } = this.place;
    for (let volume = lastVolume(this.place, this.#records.end); volume >= 0; volume--) {
      // The name of the first volume says that all others have theirs: not before they are durable.
      if (volume === 0) await flushFolder(dirname(path));
      await publishFile(partialPath(volumePath(path, volume)), volumePath(path, volume));
    }
    this.#kept = true;
    await flushFolder(dirname(path));
  }

  /** Whether the unfinished files stay where they are, for a later run that goes on from a checkpoint. */
  keepUnfinished(kept: boolean): void {
    this.#kept = kept;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file[Symbol.asyncDispose]();
    await this.#packs?.close(this.#kept);
    // What cannot be removed is no image. To say so must not take the place of why the capture ended.
    if (!this.#kept) await removePartials(this.place.path).catch(() => {});
  }

  #header(volume: number): Uint8Array {
    const incompatible = (this.#encryption ? FEATURE.encrypted : 0) | (this.#packs ? FEATURE.point : 0);
    const { chunkSize, place } = this;
    return headerBytes(this.#manifest, { number: volume, size: place.volumeSize, chunkSize, incompatible });
  }

  /** Threads make later volumes when they need them, without a header. Those before the last flush have theirs. */
  async #makeDurable(): Promise<void> {
    const last = lastVolume(this.place, this.#records.end);
    for (let volume = Math.max(1, this.#durable); volume <= last; volume++)
      await this.#file.write(this.#header(volume), volume * this.place.volumeSize);
    await this.#file.flush(this.#durable);
    this.#durable = last;
  }

  async #bytesOfVolumes(): Promise<number> {
    let sum = 0;
    for (let volume = 0; volume <= lastVolume(this.place, this.#records.end); volume++)
      sum += (await (await this.#file.volume(volume)).stat()).size;
    return sum;
  }

  async #cutBehind(end: number): Promise<void> {
    const last = lastVolume(this.place, end);
    const fail = (cause: unknown) => {
      throw writeError(fileOfVolume(this.place, last), 0, cause);
    };
    await truncate(fileOfVolume(this.place, last), end - last * this.place.volumeSize).catch(fail);
    for (const volume of await volumesBeside(this.place.path, ".partial"))
      if (volume > last) await unlink(fileOfVolume(this.place, volume)).catch(fail);
  }
}

/** A point says what its chunks are, and not where: a clean-up of the repository may move them. */
function indexBytes(table: ChunkTable, chunk: number, ofPoint: boolean): Uint8Array {
  const codec = table.codec[chunk] as number;
  const common = {
    number: table.number[chunk] as number,
    rawLength: table.rawLength[chunk] as number,
    sha256: table.sha256.slice(chunk * 32, chunk * 32 + 32),
  };
  if (ofPoint)
    return indexEntry.serialise({
      ...common,
      codec: codec === CODEC.zero ? CODEC.zero : CODEC.stored,
      storedLength: 0,
      offset: 0,
    });
  const [storedLength, offset] = [table.storedLength[chunk] as number, table.recordOffset[chunk] as number];
  return indexEntry.serialise({ ...common, codec, storedLength, offset });
}
