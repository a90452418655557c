import { closeSync, openSync, readSync } from "node:fs";
import { CODEC, HEADER_SIZE, RECORD_ALIGNMENT, recordSpan } from "#imaging/image/format.ts";
import { compareIds, keyOf } from "#imaging/repository/chunk-id.ts";
import { ENTRIES_PER_PAGE, PAGE_SIZE, type PlaceEntry, placeEntry } from "#imaging/repository/format.ts";
import { indexDamaged } from "#imaging/repository/index-file.ts";
import { isWhole } from "#imaging/repository/page.ts";
import { errnoReason } from "#imaging/system/errno.ts";

/** What a thread needs to look chunks up in an index file. Structured-clonable, and shared but for its names. */
export interface IndexPlace {
  readonly path: string;
  /** Bytes before the first page of chunks. */
  readonly offset: number;
  readonly entries: number;
  readonly directory: Float64Array;
  /** For each pack how many bytes of its file may be relied on; 0 = none. */
  readonly lengths: Float64Array;
  /** Whether records are encrypted, and so 64 bytes longer. */
  readonly sealed: boolean;
}

export interface FoundPlace extends PlaceEntry {
  /** Number of the entry in its file. */
  readonly row: number;
}

export interface IndexLookup extends Disposable {
  /** @returns the chunk's place in a pack that may be relied on; undefined also where the index is damaged or gone */
  find(id: Uint8Array): FoundPlace | undefined;
}

/** What an index file is called when another one has taken its place, for those who have its old name in hand. */
export const mergedPath = (path: string): string => `${path}.merged`;

/**
 * Looks chunks up one at a time, each with one read of a page: memory does not grow with the repository. Reads are
 * synchronous, as all file calls of the engine's threads.
 * @param isStrict what cannot be read is thrown, as INDEX_DAMAGED, and not taken for unknown
 */
export function openIndexLookup(place: IndexPlace, isStrict = false): IndexLookup {
  const { path, offset, entries, directory, lengths, sealed } = place;
  const page = Buffer.alloc(PAGE_SIZE);
  let loaded = -1;
  let fd: number | undefined;

  /** Whether the pack is long enough. An entry that claims what no pack has is damaged. */
  const isThere = ({ pack, place, storedLength, codec }: PlaceEntry): boolean => {
    const start = place * RECORD_ALIGNMENT;
    const end = start + recordSpan(storedLength, sealed);
    return codec !== CODEC.zero && start >= HEADER_SIZE && end <= (lengths[pack] ?? 0);
  };
  const load = (number: number): boolean => {
    if (loaded === number) return true;
    loaded = -1;
    try {
      fd ??= openEither(path, mergedPath(path));
      const length = readSync(fd, page, 0, PAGE_SIZE, offset + number * PAGE_SIZE);
      if (length < PAGE_SIZE || !isWhole(page)) throw new Error("a page does not match its checksum");
    } catch (cause) {
      if (isStrict) throw indexDamaged(path, offset / PAGE_SIZE + number, errnoReason(cause));
      return false; // an unknown chunk is stored once more, or named as lost: nothing wrong comes of it
    }
    loaded = number;
    return true;
  };
  const findIn = (number: number, id: Uint8Array): FoundPlace | undefined => {
    if (!load(number)) return undefined;
    const count = Math.min(ENTRIES_PER_PAGE, entries - number * ENTRIES_PER_PAGE);
    for (let row = firstNotBelow(page, count, id); row < count; row++) {
      if (compareIds(id, page, row * placeEntry.size) !== 0) return undefined;
      const entry = placeEntry.parse(page.subarray(row * placeEntry.size));
      if (isThere(entry)) return { ...entry, row: number * ENTRIES_PER_PAGE + row };
    }
    return undefined;
  };
  return {
    find(id) {
      const key = keyOf(id);
      // Chunks of one key can begin in a page before the last one that starts with it.
      for (let number = lastPageFrom(directory, key); number >= 0; number--) {
        const found = findIn(number, id);
        if (found || (directory[number] as number) < key) return found;
      }
      return undefined;
    },
    [Symbol.dispose]() {
      if (fd !== undefined) closeSync(fd);
    },
  };
}

function openEither(path: string, other: string): number {
  try {
    return openSync(path, "r");
  } catch {
    return openSync(other, "r");
  }
}

/** The last page whose first key is not above `key`; -1 when all are. */
function lastPageFrom(directory: Float64Array, key: number): number {
  let low = 0;
  let high = directory.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((directory[middle] as number) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function firstNotBelow(page: Uint8Array, count: number, id: Uint8Array): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIds(id, page, middle * placeEntry.size) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
