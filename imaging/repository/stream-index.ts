import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PackEntry, PlaceEntry } from "#imaging/repository/format.ts";
import { allocateIdSet, claimId, clearIdSet } from "#imaging/repository/id-set.ts";
import { PlaceList } from "#imaging/repository/place-list.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { writeIndex } from "#imaging/repository/write-index.ts";
import { renameError } from "#imaging/system/file-errors.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

/** Chunks after which a part of the index is written out: 64 GiB of new data, 12 MiB of memory. */
const PART_ENTRIES = 1 << 18;
/** Room for all chunks of a part. */
const SESSION_SLOTS = 1 << 19;

/** The index of a stream of packs while it is written: files of up to `PART_ENTRIES`, unfinished until published. */
export class StreamIndex {
  /** Ids of the chunks since the last part, shared with the threads of a capture. */
  readonly session = allocateIdSet(SESSION_SLOTS);
  readonly #repository: Repository;
  readonly #streamId: string;
  readonly #places = new PlaceList();
  readonly #parts: string[] = [];
  /** How many index files the stream had before. */
  #partsBefore = 0;

  constructor(repository: Repository, streamId: string) {
    this.#repository = repository;
    this.#streamId = streamId;
  }

  get isEmpty(): boolean {
    return this.#places.length === 0;
  }

  /** Whether a part is to be written before more is added. */
  get isFull(): boolean {
    return this.#places.length >= PART_ENTRIES;
  }

  /** Files that are not published yet. */
  get unpublished(): readonly string[] {
    return this.#parts.map(partialIndex);
  }

  /** @returns whether nobody has claimed this chunk since the last part */
  claim(id: Uint8Array): boolean {
    return claimId(this.session, id);
  }

  add(place: PlaceEntry): void {
    this.#places.add(place);
  }

  /** @param packs of the stream, durable: a reader must find what the index names */
  async writePart(packs: PackEntry[]): Promise<void> {
    const { folders, id } = this.#repository;
    const number = this.#partsBefore + this.#parts.length + 1;
    const part = join(folders.index, `${this.#streamId}-${number}.lbx`);
    const rows = this.#places.sorted();
    await writeIndex(partialIndex(part), { repositoryId: id, indexId: this.#streamId, packs, rows });
    this.#parts.push(part);
    this.#places.clear();
    clearIdSet(this.session);
  }

  async publish(): Promise<void> {
    for (const part of this.#parts.splice(0))
      await rename(partialIndex(part), part).catch((cause: unknown) => {
        throw renameError(partialIndex(part), part, cause);
      });
    await flushFolder(this.#repository.folders.index);
  }

  /** Removes what is not published: the rest is everybody's. */
  async discard(): Promise<void> {
    for (const name of await this.#names())
      if (name.endsWith(partialIndex(""))) await rm(join(this.#repository.folders.index, name), { force: true });
    this.#parts.length = 0;
  }

  /** For a stream that goes on. It may have published parts: a capture was killed between those and its point. */
  async startAnew(): Promise<void> {
    await this.discard();
    const numbers = (await this.#names()).map(
      (name) => Number.parseInt(name.slice(this.#streamId.length + 1), 10) || 0,
    );
    this.#partsBefore = Math.max(0, ...numbers);
  }

  async #names(): Promise<string[]> {
    const names = await readdir(this.#repository.folders.index);
    return names.filter((name) => name.startsWith(`${this.#streamId}-`));
  }
}

const partialIndex = (path: string): string => `${path}.partial`;
