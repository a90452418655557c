import { hash } from "node:crypto";
import { truncate, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import type { ExtentList } from "#imaging/extent.ts";
import { type ChunkTable, plainBytes, type RegionExtents } from "#imaging/image/chunk-table.ts";
import { catalogueEntry, FOOTER_SIZE, footer, HEADER_SIZE, indexEntry, RECORD } from "#imaging/image/format.ts";
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
import { flushFolder } from "#imaging/system/flush-folder.ts";

export interface WriterOptions {
  /** The most bytes of a volume; 0 for one file. */
  readonly volumeSize: number;
  /** Encrypts all but the header; `keyArea` is written as it is. */
  readonly encryption?: { readonly recordKey: RecordKey; readonly keyArea: Uint8Array } | undefined;
}

/** From where an interrupted capture can go on: all before `end` is durable and complete. */
export interface WriterCheckpoint {
  readonly end: number;
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
  readonly #manifest: Manifest;
  readonly #encryption: WriterOptions["encryption"];
  readonly #file: RecordFile;
  readonly #records: RecordWriter;
  #chunks = 0;
  #rawBytes = 0;
  #kept = false;
  /** Volumes before this one are flushed: of many small ones only the newest are, at each checkpoint. */
  #durable = 0;

  private constructor(path: string, manifest: Manifest, { volumeSize, encryption }: WriterOptions) {
    this.place = { path, unfinished: true, volumeSize, recordKey: encryption?.recordKey };
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
      if (options.encryption) await writer.#file.write(options.encryption.keyArea, HEADER_SIZE);
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

  /** Where the next chunk record goes. */
  get end(): number {
    return this.#records.end;
  }

  /** Appends the index of a segment whose chunk records end at `end`. */
  async appendIndex(table: ChunkTable, end: number): Promise<void> {
    this.#records.end = end;
    const page = new Uint8Array(table.count * indexEntry.size);
    for (let i = 0; i < table.count; i++) page.set(indexBytes(table, i), i * indexEntry.size);
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
    const reached = { end: this.end, chunks: this.#chunks, rawBytes: this.#rawBytes, pages };
    await this.#makeDurable();
    return reached;
  }

  get chunks(): number {
    return this.#chunks;
  }

  /** Completes the file, which still has its unfinished name. @returns the root hash in hex, and bytes of all volumes */
  async finish(): Promise<{ rootHash: string; fileSize: number; volumes: number }> {
    const catalogue = Buffer.concat(this.#records.pages.map((page) => catalogueEntry.serialise(page)));
    const rootHash = hash("sha256", catalogue, "buffer");
    const page = { type: RECORD.catalogue, count: this.#records.pages.length };
    const offset = await this.#records.append(page, catalogue, FOOTER_SIZE);
    const volumes = lastVolume(this.place, this.end) + 1;
    const end = footer.serialise({
      magic: "LBFOOTER",
      imageId: this.#manifest.imageId,
      fileSize: this.end - lastVolume(this.place, this.end) * this.place.volumeSize + FOOTER_SIZE,
      catalogueOffset: offset,
      rawBytes: this.#rawBytes,
      chunks: this.#chunks,
      rootHash: new Uint8Array(rootHash),
      volumes,
      footerCrc32: 0,
    });
    await this.#file.write(withCrc(end, footer.fields.footerCrc32.at), this.end);
    await this.#makeDurable();
    return { rootHash: rootHash.toString("hex"), fileSize: await this.#bytesOfVolumes(), volumes };
  }

  /** Gives the finished files their names, the first volume last: a name without `.partial` stands for a whole image. */
  async publish(): Promise<void> {
    await this.#file[Symbol.asyncDispose]();
    const { path } = this.place;
    for (let volume = lastVolume(this.place, this.end); volume >= 0; volume--) {
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
    // What cannot be removed is no image. To say so must not take the place of why the capture ended.
    if (!this.#kept) await removePartials(this.place.path).catch(() => {});
  }

  #header(volume: number): Uint8Array {
    const encrypted = this.#encryption !== undefined;
    return headerBytes(this.#manifest, { number: volume, size: this.place.volumeSize, encrypted });
  }

  /** Threads make later volumes when they need them, without a header. Those before the last flush have theirs. */
  async #makeDurable(): Promise<void> {
    const last = lastVolume(this.place, this.end);
    for (let volume = Math.max(1, this.#durable); volume <= last; volume++)
      await this.#file.write(this.#header(volume), volume * this.place.volumeSize);
    await this.#file.flush(this.#durable);
    this.#durable = last;
  }

  async #bytesOfVolumes(): Promise<number> {
    let sum = 0;
    for (let volume = 0; volume <= lastVolume(this.place, this.end); volume++)
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

const indexBytes = (table: ChunkTable, chunk: number): Uint8Array =>
  indexEntry.serialise({
    number: table.number[chunk] as number,
    codec: table.codec[chunk] as number,
    rawLength: table.rawLength[chunk] as number,
    storedLength: table.storedLength[chunk] as number,
    offset: table.recordOffset[chunk] as number,
    sha256: table.sha256.slice(chunk * 32, chunk * 32 + 32),
  });
