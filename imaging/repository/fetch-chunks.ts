import { mkdir, open } from "node:fs/promises";
import { dirname, relative } from "node:path";
import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import { CODEC, RECORD_HEADER_SIZE, recordSpan } from "#imaging/image/format.ts";
import { checkRecord } from "#imaging/image/record.ts";
import { writeError } from "#imaging/image/record-file.ts";
import { fileOfVolume, type ImagePlace, offsetInVolume, volumeOf } from "#imaging/image/volumes.ts";
import { makeRoom } from "#imaging/repository/cache.ts";
import type { RepositorySource } from "#imaging/repository/source.ts";
import { createError } from "#imaging/system/file-errors.ts";

/** Records with a smaller gap between them are fetched with it: a request costs more than these bytes. */
const MERGE_GAP = 128 << 10;
const MOST_REQUEST = 8 << 20;
/** At once: one answer is written while others come. */
const REQUESTS = 4;

interface Range {
  readonly pack: number;
  readonly start: number;
  end: number;
}

/**
 * Brings the records of chunks into a cache, before threads read them there. A record that stands there already is known
 * by its own checksum: a cache needs no list of what it holds, and none can be wrong.
 * @throws OPEN_FAILED, READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED
 */
export async function fetchChunks(
  { source, mostBytes }: { source: RepositorySource; mostBytes: number },
  place: ImagePlace,
  table: ChunkTable,
  order: Iterable<number>,
): Promise<void> {
  const ranges = mergeRanges(await lacking(place, table, order));
  if (ranges.length === 0) return;
  const kept = new Set(ranges.map(({ pack }) => fileOfVolume(place, pack)));
  await makeRoom(place.path, mostBytes, kept);
  const queue = ranges.values();
  const work = async () => {
    for (const range of queue) await fetchRange(source, place, range);
  };
  await Promise.all(Array.from({ length: REQUESTS }, work));
}

/** Places of records that are not in the cache, in the order of their addresses. */
async function lacking(place: ImagePlace, table: ChunkTable, order: Iterable<number>): Promise<Range[]> {
  const ranges: Range[] = [];
  for (const chunk of order) {
    const address = table.recordOffset[chunk] as number;
    if (address === 0 || table.codec[chunk] === CODEC.zero) continue;
    const start = offsetInVolume(place, address);
    const end = start + recordSpan(table.storedLength[chunk] as number, place.recordKey !== undefined);
    ranges.push({ pack: volumeOf(place, address), start, end });
  }
  ranges.sort((a, b) => a.pack - b.pack || a.start - b.start);
  const absent: Range[] = [];
  for (const [pack, list] of Map.groupBy(ranges, (range) => range.pack)) {
    const file = await open(fileOfVolume(place, pack), "r").catch(() => undefined);
    for (const range of list) if (!file || !(await holds(file, range))) absent.push(range);
    await file?.close();
  }
  return absent;
}

async function holds(
  file: { read(into: Uint8Array, at: number, length: number, offset: number): Promise<{ bytesRead: number }> },
  { start, end }: Range,
): Promise<boolean> {
  const record = new Uint8Array(end - start);
  const { bytesRead } = await file.read(record, 0, record.length, start);
  return bytesRead === record.length && record.length >= RECORD_HEADER_SIZE && !("problem" in checkRecord(record));
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    const isNear =
      last?.pack === range.pack && range.start - last.end <= MERGE_GAP && range.end - last.start <= MOST_REQUEST;
    if (last && isNear) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged;
}

async function fetchRange(source: RepositorySource, place: ImagePlace, { pack, start, end }: Range): Promise<void> {
  const path = fileOfVolume(place, pack);
  const bytes = await source.read(relative(place.path, path), start, end - start);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await using file = await open(path, "a", 0o600)
    .then((made) => made.close())
    .then(() => open(path, "r+"))
    .catch((cause: unknown) => {
      throw createError(path, cause);
    });
  await file.write(bytes, 0, bytes.length, start).catch((cause: unknown) => {
    throw writeError(path, start, cause);
  });
}
