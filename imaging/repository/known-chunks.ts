import { chunkId } from "#imaging/repository/chunk-id.ts";
import { claimId, type IdSet } from "#imaging/repository/id-set.ts";
import { type IndexPlace, openIndexLookup } from "#imaging/repository/index-lookup.ts";

/** What the threads of a capture need to know of a repository. Structured-clonable. */
export interface SharedChunks {
  readonly indexes: readonly IndexPlace[];
  /** What this capture has stored itself since the last of those. */
  readonly session: IdSet;
  readonly idKey: Uint8Array | undefined;
}

export interface KnownChunks extends Disposable {
  /** Whether a chunk must be stored: nobody has it yet, and no other thread is about to store it. */
  isNew(sha256: Uint8Array): boolean;
}

/** One for each thread. */
export function openKnownChunks({ indexes, session, idKey }: SharedChunks): KnownChunks {
  const lookups = indexes.map((place) => openIndexLookup(place));
  return {
    isNew(sha256) {
      const id = chunkId(sha256, idKey);
      return lookups.every((lookup) => lookup.find(id) === undefined) && claimId(session, id);
    },
    [Symbol.dispose]() {
      for (const lookup of lookups) lookup[Symbol.dispose]();
    },
  };
}
