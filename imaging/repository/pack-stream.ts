import { mkdir, open, rm, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { FEATURE, HEADER_SIZE, RECORD, RECORD_ALIGNMENT, REPOSITORY_CHUNK_SIZE } from "#imaging/image/format.ts";
import { headerBytes } from "#imaging/image/header.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { RecordFile, writeError } from "#imaging/image/record-file.ts";
import { makeRecord, type RecordKey } from "#imaging/image/sealed-record.ts";
import {
  fileOfVolume,
  type ImagePlace,
  lastVolume,
  offsetInVolume,
  roomAt,
  streamPath,
  volumeOf,
  volumesBeside,
} from "#imaging/image/volumes.ts";
import { chunkId } from "#imaging/repository/chunk-id.ts";
import { ChunkIndex, packNames } from "#imaging/repository/chunk-index.ts";
import { PACK_SIZE, type PackEntry, type PlaceEntry } from "#imaging/repository/format.ts";
import type { IndexFile } from "#imaging/repository/index-file.ts";
import type { SharedChunks } from "#imaging/repository/known-chunks.ts";
import { idKeyOf, type Repository } from "#imaging/repository/repository.ts";
import { scanPack } from "#imaging/repository/scan-pack.ts";
import { StreamIndex } from "#imaging/repository/stream-index.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

/** Who writes the stream; its id is the image's. */
export type StreamOwner = Pick<Manifest, "imageId" | "createdAt" | "writer">;

/**
 * The packs that one capture writes, with the index of what is in them. Nobody else builds on them before `publish`,
 * so a capture that is given up can take them away.
 */
export class PackStream {
  readonly place: ImagePlace;
  readonly #owner: StreamOwner;
  readonly #file: RecordFile;
  readonly #known: ChunkIndex;
  readonly #idKey: Uint8Array | undefined;
  readonly #index: StreamIndex;
  #end = HEADER_SIZE;
  /** Packs before this one have their headers, and are flushed. */
  #durable = 0;
  #begun = false;
  /** Others may build on its packs: from then on they never change, and only a clean-up removes them. */
  #published: boolean;

  private constructor(repository: Repository, owner: StreamOwner, recordKey: RecordKey | undefined, known: ChunkIndex) {
    const path = streamPath(repository.folders.packs, owner.imageId);
    this.place = { path, unfinished: false, volumeSize: PACK_SIZE, recordKey };
    this.#owner = owner;
    this.#file = new RecordFile(this.place, "r+");
    this.#known = known;
    this.#index = new StreamIndex(repository, owner.imageId);
    this.#idKey = recordKey && idKeyOf(recordKey);
    this.#published = known.indexes.some(({ file }) => isNamedIn(file, owner.imageId));
  }

  /** @throws CREATE_FAILED, SPACE_EXHAUSTED, READ_FAILED */
  static async create(repository: Repository, owner: StreamOwner, recordKey?: RecordKey): Promise<PackStream> {
    const known = await ChunkIndex.open(repository, { idKey: recordKey && idKeyOf(recordKey), builds: true });
    return new PackStream(repository, owner, recordKey, known);
  }

  /** Goes on behind `end`: what lies there is cut off, and the index made anew from the packs before. */
  static async resume(
    repository: Repository,
    owner: StreamOwner,
    recordKey: RecordKey | undefined,
    end: number,
  ): Promise<PackStream> {
    const stream = await PackStream.create(repository, owner, recordKey);
    await stream.#index.startAnew();
    await stream.#takeUp(end);
    return stream;
  }

  /** Address behind the last record. */
  get end(): number {
    return this.#end;
  }

  /** Bytes of its packs. */
  get bytes(): number {
    return this.#begun ? this.#end : 0;
  }

  /** For the threads of the capture. */
  get shared(): SharedChunks {
    return { indexes: this.#known.known, session: this.#index.session, idKey: this.#idKey };
  }

  /** Index files of it that are not published yet. */
  get unpublished(): readonly string[] {
    return this.#index.unpublished;
  }

  /** Before threads write: the first pack is there. The later ones they make themselves. */
  async begin(): Promise<void> {
    if (this.#begun) return;
    const { path } = this.place;
    await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
      throw createError(path, cause);
    });
    await using first = await open(path, "wx", 0o600).catch((cause: unknown) => {
      throw createError(path, cause);
    });
    await first.sync();
    this.#begun = true;
  }

  /** Notes the new chunks of a segment, which end at `end`. */
  async add(table: ChunkTable, end: number): Promise<void> {
    for (let chunk = 0; chunk < table.count; chunk++) {
      const address = table.recordOffset[chunk] as number;
      if (address === 0) continue;
      const sha256 = table.sha256.slice(chunk * 32, chunk * 32 + 32);
      this.#note(sha256, address, table.storedLength[chunk] as number, table.codec[chunk] as number);
    }
    this.#end = end;
    if (this.#index.isFull) await this.#writePart();
  }

  /** Appends a chunk as it is stored elsewhere, unless this stream has it. */
  async append(chunk: { codec: number; stored: Uint8Array; plain: Uint8Array }, sha256: Uint8Array): Promise<void> {
    const id = new Uint8Array(chunkId(sha256, this.#idKey));
    if (!this.#index.claim(id)) return;
    const { codec, stored, plain } = chunk;
    const fields = { type: RECORD.chunk, codec, region: 0, number: 0, storedLength: stored.length };
    const record = makeRecord(
      { ...fields, rawLength: plain.length, sha256: new Uint8Array(sha256) },
      stored,
      this.place.recordKey,
    );
    await this.copy(record, { id, pack: 0, place: 0, storedLength: stored.length, codec });
  }

  /** Appends a record of another pack as it is stored there. */
  async copy(record: Uint8Array, { id, storedLength, codec }: PlaceEntry): Promise<void> {
    await this.begin();
    const address = roomAt(this.place, this.#end, record.length);
    await this.#file.write(record, address);
    this.#end = address + record.length;
    const place = offsetInVolume(this.place, address) / RECORD_ALIGNMENT;
    this.#index.add({ id, pack: volumeOf(this.place, address), place, storedLength, codec });
    if (this.#index.isFull) await this.#writePart();
  }

  /** Makes everything written so far durable, with headers for packs that threads have made. */
  async flush(): Promise<void> {
    if (!this.#begun) return;
    const last = lastVolume(this.place, this.#end);
    for (let pack = this.#durable; pack <= last; pack++) await this.#file.write(this.#header(pack), pack * PACK_SIZE);
    await this.#file.flush(this.#durable);
    this.#durable = last;
    await flushFolder(dirname(this.place.path));
  }

  /** Writes the rest of the index, under unfinished names. */
  async finish(): Promise<void> {
    if (this.#end === HEADER_SIZE) return await this.#removePacks(); // nothing was new
    await this.flush();
    if (!this.#index.isEmpty) await this.#writePart();
  }

  /** From now on other captures may build on its chunks. */
  async publish(): Promise<void> {
    this.#published = true;
    await this.#index.publish();
  }

  /** @param kept whether what was written stays, for a capture that goes on later or is done */
  async close(kept: boolean): Promise<void> {
    await this.#file[Symbol.asyncDispose]();
    if (kept || this.#published) return;
    // A medium that is gone, or a name that stays: the next clean-up takes them.
    await this.#index.discard().catch(() => {});
    await this.#removePacks().catch(() => {});
  }

  async #removePacks(): Promise<void> {
    this.#begun = false;
    await rm(dirname(this.place.path), { recursive: true, force: true });
  }

  #note(sha256: Uint8Array, address: number, storedLength: number, codec: number): void {
    const id = chunkId(sha256, this.#idKey);
    const place = offsetInVolume(this.place, address) / RECORD_ALIGNMENT;
    const pack = volumeOf(this.place, address);
    this.#index.add({ id: new Uint8Array(id), pack, place, storedLength, codec });
  }

  async #writePart(): Promise<void> {
    await this.flush(); // a later reader must find what the index names
    await this.#index.writePart(await this.#packs());
  }

  async #packs(): Promise<PackEntry[]> {
    const packs: PackEntry[] = [];
    for (let number = 0; number <= lastVolume(this.place, this.#end); number++) {
      const { size } = await (await this.#file.volume(number)).stat();
      packs.push({ stream: this.#owner.imageId, number, size });
    }
    return packs;
  }

  #header(pack: number): Uint8Array {
    const incompatible = FEATURE.pack | (this.place.recordKey ? FEATURE.encrypted : 0);
    return headerBytes(this.#owner, { number: pack, size: PACK_SIZE, chunkSize: REPOSITORY_CHUNK_SIZE, incompatible });
  }

  async #takeUp(end: number): Promise<void> {
    const last = lastVolume(this.place, end);
    const fail = (cause: unknown) => {
      throw writeError(this.place.path, 0, cause);
    };
    if (this.#published) return await this.#recallAll(end);
    const beside = [0, ...(await volumesBeside(this.place.path))];
    for (const pack of beside) if (pack > last) await rm(fileOfVolume(this.place, pack), { force: true }).catch(fail);
    if (end === HEADER_SIZE) return await rm(this.place.path, { force: true }).catch(fail);
    await truncate(fileOfVolume(this.place, last), end - last * PACK_SIZE).catch(fail);
    await this.#recallAll(end);
  }

  async #recallAll(end: number): Promise<void> {
    this.#begun = true;
    this.#end = end;
    for (let pack = 0; pack <= lastVolume(this.place, end); pack++) await this.#recall(pack);
  }

  async #recall(pack: number): Promise<void> {
    const options = { recordKey: this.place.recordKey };
    for await (const chunk of scanPack(fileOfVolume(this.place, pack), options)) {
      this.#note(chunk.sha256, pack * PACK_SIZE + chunk.offset, chunk.storedLength, chunk.codec);
      this.#index.claim(chunkId(chunk.sha256, this.#idKey));
      if (this.#index.isFull) await this.#writePart();
    }
  }
}

const isNamedIn = (file: IndexFile, stream: string): boolean =>
  packNames(file).some((name) => name.startsWith(`${stream}/`));
