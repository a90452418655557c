import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CODEC, RECORD_ALIGNMENT } from "#imaging/image/format.ts";
import type { ChunkLocator } from "#imaging/image/image-index.ts";
import { PACK_ID_SIZE, type PackList, streamPath, volumePath } from "#imaging/image/volumes.ts";
import { chunkId, keyOf } from "#imaging/repository/chunk-id.ts";
import { PACK_SIZE, type PackEntry, packEntry } from "#imaging/repository/format.ts";
import { entryPageOffset, type IndexFile, openIndexFile } from "#imaging/repository/index-file.ts";
import { type IndexPlace, openIndexLookup } from "#imaging/repository/index-lookup.ts";
import { namesIfThere } from "#imaging/repository/names-in.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { errnoName, errnoReason } from "#imaging/system/errno.ts";

export interface OpenIndex {
  readonly file: IndexFile;
  /** Number of its first pack among those of all index files. */
  readonly firstPack: number;
  readonly place: IndexPlace;
  /** Its packs go soon: they are read from while they are there, and never built upon. */
  readonly condemned: boolean;
}

export interface ChunkIndexOptions {
  readonly idKey?: Uint8Array | undefined;
  /** Index files that a capture has not published yet. */
  readonly unpublished?: readonly string[] | undefined;
  /** Of a cache: packs count as present, and are fetched when they are needed. */
  readonly assumePacks?: boolean;
  /** Leave out condemned packs: nobody waits for who asks. */
  readonly liveOnly?: boolean | undefined;
  /** Who builds on what he finds must know all that goes: a list of condemned packs that cannot be read is thrown. */
  readonly builds?: boolean | undefined;
  /** Told of an index file that cannot be read; its chunks count as lost. */
  readonly onDamage?: (damage: LifeboatError) => void;
}

/** Which chunk of a repository is where: all its index files, and the packs that are really there. */
export class ChunkIndex {
  /** For threads that read chunks at the addresses that `locate` gives. */
  readonly packs: PackList;
  /** Those of condemned packs stand last. */
  readonly indexes: readonly OpenIndex[];
  readonly #idKey: Uint8Array | undefined;

  private constructor(packs: PackList, indexes: readonly OpenIndex[], idKey: Uint8Array | undefined) {
    this.packs = packs;
    this.indexes = indexes;
    this.#idKey = idKey;
  }

  /** @throws READ_FAILED when a folder cannot be listed */
  static async open({ folders, id, encrypted }: Repository, options: ChunkIndexOptions = {}): Promise<ChunkIndex> {
    const { idKey, unpublished = [], liveOnly = false, builds = false, assumePacks = false, onDamage } = options;
    const present = assumePacks ? EVERYTHING : await presentPacks(folders.packs);
    const condemned = await openFolder(folders.condemned, id, builds ? refuse : onDamage);
    const doomed = new Set(condemned.flatMap((file) => [...packNames(file)]));
    const published = await openFolder(folders.index, id, onDamage);
    const own = await Promise.all(unpublished.map((path) => openIndexFile(path, id)));
    const indexes: OpenIndex[] = [];
    let firstPack = 0;
    const add = (file: IndexFile, isCondemned: boolean) => {
      const lengthOf = (name: string) => (doomed.has(name) === isCondemned ? (present.get(name) ?? 0) : 0);
      const place = placeOf(file, lengthOf, encrypted);
      indexes.push({ file, firstPack, place, condemned: isCondemned });
      firstPack += file.header.packs;
    };
    for (const file of [...published, ...own]) add(file, false);
    if (!liveOnly) for (const file of condemned) add(file, true); // looked at last
    return new ChunkIndex(packListOf(folders.packs, indexes, firstPack), indexes, idKey);
  }

  /** What a capture need not store again. */
  get known(): readonly IndexPlace[] {
    return this.indexes.filter(({ condemned }) => !condemned).map(({ place }) => place);
  }

  /** Finds chunks, for as long as it is open. */
  openLocator(): ChunkLocator {
    const lookups = this.indexes.map(({ place, firstPack }) => ({ firstPack, lookup: openIndexLookup(place) }));
    const fill = (table: ChunkTable, chunk: number, id: Uint8Array): boolean => {
      for (const { firstPack, lookup } of lookups) {
        const found = lookup.find(id);
        if (!found) continue;
        table.recordOffset[chunk] = (firstPack + found.pack) * PACK_SIZE + found.place * RECORD_ALIGNMENT;
        table.storedLength[chunk] = found.storedLength;
        table.codec[chunk] = found.codec;
        return true;
      }
      return false;
    };
    return {
      locate: (table) => {
        let lost = 0;
        for (const { chunk, id } of sortedIds(table, this.#idKey)) if (!fill(table, chunk, id)) lost++;
        return lost;
      },
      [Symbol.dispose]() {
        for (const { lookup } of lookups) lookup[Symbol.dispose]();
      },
    };
  }
}

/** The chunks of a segment that have a record, as index files have them: then each page is read once. */
function sortedIds(table: ChunkTable, idKey: Uint8Array | undefined): { chunk: number; id: Uint8Array }[] {
  const ids = [];
  for (let chunk = 0; chunk < table.count; chunk++) {
    if (table.codec[chunk] === CODEC.zero) continue;
    const id = chunkId(table.sha256.subarray(chunk * 32, chunk * 32 + 32), idKey);
    ids.push({ chunk, id, key: keyOf(id) });
  }
  return ids.sort((a, b) => a.key - b.key);
}

const refuse = (damage: LifeboatError): never => {
  throw damage;
};

export async function indexFilesIn(folder: string): Promise<string[]> {
  return (await namesIfThere(folder))
    .filter((name) => name.endsWith(".lbx"))
    .toSorted()
    .map((name) => join(folder, name));
}

/** A file that has just been merged into another one is gone when we come to it: then all are looked at again. */
const MOST_LOOKS = 5;

async function openFolder(
  folder: string,
  repositoryId: string,
  onDamage: ((damage: LifeboatError) => void) | undefined,
): Promise<IndexFile[]> {
  for (let look = 1; ; look++) {
    const files: IndexFile[] = [];
    const errors: LifeboatError[] = [];
    for (const path of await indexFilesIn(folder))
      await openIndexFile(path, repositoryId).then(
        (file) => files.push(file),
        (error: unknown) => {
          if (!isLifeboatError(error)) throw error;
          errors.push(error);
        },
      );
    const isGone = errors.some((error) => errnoName(error.cause) === "ENOENT");
    if (isGone && look < MOST_LOOKS) continue;
    for (const error of errors) onDamage?.(error);
    return files;
  }
}

function packListOf(folder: string, indexes: readonly OpenIndex[], packs: number): PackList {
  const ids = new Uint8Array(new SharedArrayBuffer(packs * PACK_ID_SIZE));
  for (const { file, firstPack } of indexes)
    for (let pack = 0; pack < file.header.packs; pack++) {
      const row = file.packRows.subarray(pack * packEntry.size, pack * packEntry.size + PACK_ID_SIZE);
      ids.set(row, (firstPack + pack) * PACK_ID_SIZE);
    }
  return { folder, ids };
}

const STREAM_NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PACK_NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/chunks\.lbp(\.\d{3,})?$/;

/** A cache fetches what it has not. */
const EVERYTHING: Pick<Map<string, number>, "has" | "get"> = { has: () => true, get: () => PACK_SIZE };

/** "STREAM/chunks.lbp.002" of every pack file that is there, with its size. @throws OPEN_FAILED */
export async function presentPacks(folder: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const stream of (await namesIfThere(folder)).filter((name) => STREAM_NAME.test(name)))
    await Promise.all(
      // A folder that nothing is left of goes at any time, and so does a pack.
      (await namesIfThere(join(folder, stream))).map(async (name) => {
        const size = PACK_NAME.test(`${stream}/${name}`) && (await sizeOfPack(join(folder, stream, name)));
        if (typeof size === "number") found.set(`${stream}/${name}`, size);
      }),
    );
  return found;
}

/** As `presentPacks` names them. */
export const packName = (stream: string, number: number): string =>
  `${stream}/${basename(volumePath(streamPath("", stream), number))}`;

/** The pack of such a name; how large it is is not known. */
export function packOfName(name: string): PackEntry {
  const [stream = "", file = ""] = name.split("/");
  const number = /\.(\d+)$/.exec(file)?.[1];
  return { stream, number: number === undefined ? 0 : Number(number) - 1, size: 0 };
}

export function* packNames({ packRows }: IndexFile): Generator<string, void, undefined> {
  for (let at = 0; at < packRows.length; at += packEntry.size) {
    const { stream, number } = packEntry.parse(packRows.subarray(at));
    yield packName(stream, number);
  }
}

const sizeOfPack = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    (cause: Error) => {
      if (errnoName(cause) === "ENOENT") return undefined;
      throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
    },
  );

function placeOf(file: IndexFile, lengthOf: (name: string) => number, sealed: boolean): IndexPlace {
  const { path, header, directory } = file;
  const lengths = new Float64Array(new SharedArrayBuffer(header.packs * 8));
  for (const [pack, name] of [...packNames(file)].entries()) lengths[pack] = Math.min(lengthOf(name), PACK_SIZE);
  return { path, offset: entryPageOffset(header, 0), entries: header.entries, directory, lengths, sealed };
}
