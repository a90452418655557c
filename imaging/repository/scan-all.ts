import { stat } from "node:fs/promises";
import { join } from "node:path";
import { RECORD_ALIGNMENT } from "#imaging/image/format.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { chunkId } from "#imaging/repository/chunk-id.ts";
import { packOfName } from "#imaging/repository/chunk-index.ts";
import type { PackEntry, PlaceEntry } from "#imaging/repository/format.ts";
import { idKeyOf, type Repository } from "#imaging/repository/repository.ts";
import { scanPack } from "#imaging/repository/scan-pack.ts";

export interface ScannedPack extends PackEntry {
  readonly name: string;
  /** Of all whole records; `pack` is 0. */
  readonly places: readonly PlaceEntry[];
  /** What is no whole record, by its place. */
  readonly gaps: readonly { readonly offset: number; readonly problem: string }[];
}

/** Reads packs without an index. Each is read and forgotten before the next. @throws OPEN_FAILED, READ_FAILED */
export async function* scanPacks(
  { folders }: Repository,
  names: Iterable<string>,
  { recordKey, payloads, signal }: { recordKey: RecordKey | undefined; payloads: boolean; signal: AbortSignal },
): AsyncGenerator<ScannedPack, void, undefined> {
  const idKey = recordKey && idKeyOf(recordKey);
  for (const name of names) {
    const path = join(folders.packs, name);
    const places: PlaceEntry[] = [];
    const gaps: { offset: number; problem: string }[] = [];
    const onGap = (offset: number, problem: string) => void gaps.push({ offset, problem });
    for await (const chunk of scanPack(path, { recordKey, payloads, onGap })) {
      signal.throwIfAborted();
      const id = new Uint8Array(chunkId(chunk.sha256, idKey));
      const place = chunk.offset / RECORD_ALIGNMENT;
      places.push({ id, pack: 0, place, storedLength: chunk.storedLength, codec: chunk.codec });
    }
    yield { ...packOfName(name), size: (await stat(path)).size, name, places, gaps };
  }
}
