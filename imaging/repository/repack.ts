import { open } from "node:fs/promises";
import { join } from "node:path";
import { staysWords } from "#base/deployment/stays-words.ts";
import { LifeboatError } from "#base/errors.ts";
import { RECORD, RECORD_ALIGNMENT, recordSpan } from "#imaging/image/format.ts";
import { checkRecord } from "#imaging/image/record.ts";
import { openSealed, type RecordKey } from "#imaging/image/sealed-record.ts";
import { chunkId, compareIds } from "#imaging/repository/chunk-id.ts";
import type { ChunkIndex, OpenIndex } from "#imaging/repository/chunk-index.ts";
import { type PlaceEntry, placeEntry } from "#imaging/repository/format.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";
import type { PackStream } from "#imaging/repository/pack-stream.ts";
import type { SurveyedPack } from "#imaging/repository/pack-survey.ts";
import { idKeyOf, type Repository } from "#imaging/repository/repository.ts";
import type { Usage } from "#imaging/repository/usage.ts";
import { errnoReason } from "#imaging/system/errno.ts";

export interface RepackOptions {
  readonly recordKey: RecordKey | undefined;
  readonly signal: AbortSignal;
  /** Told of a pack that stays, since a record in it is damaged. */
  readonly onDamage: (pack: SurveyedPack, problem: string) => void;
}

/**
 * Copies the needed records of packs into a new stream, as they are stored. Yields each pack when all that is needed of
 * it is there; nothing of it is removed here. @throws READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED
 */
export async function* repack(
  { folders }: Repository,
  packs: readonly SurveyedPack[],
  { index, usage, into }: { index: ChunkIndex; usage: Usage; into: PackStream },
  { recordKey, signal, onDamage }: RepackOptions,
): AsyncGenerator<SurveyedPack, void, undefined> {
  const places = await neededPlaces(packs, index, usage);
  for (const pack of packs) {
    const problem = await copyPack(join(folders.packs, pack.name), places.get(pack) ?? [], into, recordKey, signal);
    if (problem === undefined) yield pack;
    else onDamage(pack, problem);
  }
}

/** In the order of their places: a disk reads them at one go. */
async function neededPlaces(
  packs: readonly SurveyedPack[],
  { indexes }: ChunkIndex,
  usage: Usage,
): Promise<Map<SurveyedPack, PlaceEntry[]>> {
  const places = new Map<SurveyedPack, PlaceEntry[]>(packs.map((pack) => [pack, []]));
  for (const [i, list] of Map.groupBy(packs, ({ index }) => index)) {
    const byNumber = new Map(list.map((pack) => [pack.pack, pack]));
    let row = 0;
    for await (const bytes of indexRows((indexes[i] as OpenIndex).file)) {
      if (!usage.isUsed(i, row++)) continue;
      const entry = placeEntry.parse(bytes);
      const pack = byNumber.get(entry.pack);
      if (pack) places.get(pack)?.push(entry);
    }
  }
  for (const list of places.values()) list.sort((a, b) => a.place - b.place);
  return places;
}

/** @returns what is damaged */
async function copyPack(
  path: string,
  places: readonly PlaceEntry[],
  into: PackStream,
  recordKey: RecordKey | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  await using file = await open(path, "r").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
  });
  for (const entry of places) {
    signal.throwIfAborted();
    const offset = entry.place * RECORD_ALIGNMENT;
    const record = new Uint8Array(recordSpan(entry.storedLength, recordKey !== undefined));
    const { bytesRead } = await file.read(record, 0, record.length, offset).catch((cause: Error) => {
      throw new LifeboatError("READ_FAILED", { device: path, offset, reason: errnoReason(cause) }, { cause });
    });
    const problem = bytesRead < record.length ? "it is cut off" : problemOf(record, entry, recordKey);
    if (problem !== undefined) return staysWords["stays.record"]({ number: offset, problem });
    await into.copy(record, entry);
  }
  return undefined;
}

/** A copy under a wrong name would be the last one of neither chunk. */
function problemOf(record: Uint8Array, entry: PlaceEntry, recordKey: RecordKey | undefined): string | undefined {
  const opened = recordKey ? openSealed(record.slice(), recordKey) : record;
  const header = "problem" in opened ? opened : checkRecord(opened);
  if ("problem" in header) return header.problem;
  const id = chunkId(header.sha256, recordKey && idKeyOf(recordKey));
  const { type, codec, storedLength } = header;
  const isIt = type === RECORD.chunk && codec === entry.codec && storedLength === entry.storedLength;
  return isIt && compareIds(entry.id, id, 0) === 0 ? undefined : "it is another one than the index says";
}
