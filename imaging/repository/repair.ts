import { randomUUID } from "node:crypto";
import { rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { indexFilesIn, presentPacks } from "#imaging/repository/chunk-index.ts";
import { takeCleanUpLease } from "#imaging/repository/clean-up.ts";
import { condemnedNow, forgetCondemned, noteCondemned } from "#imaging/repository/condemned.ts";
import type { PackEntry } from "#imaging/repository/format.ts";
import { mergedPath } from "#imaging/repository/index-lookup.ts";
import { liveLeases } from "#imaging/repository/lease.ts";
import { bytesOf, resumableStreams } from "#imaging/repository/orphans.ts";
import { PlaceList } from "#imaging/repository/place-list.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { type ScannedPack, scanPacks } from "#imaging/repository/scan-all.ts";
import { removeUnfinishedUploads } from "#imaging/repository/unfinished-uploads.ts";
import { writeIndex } from "#imaging/repository/write-index.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

export interface RepairReport {
  readonly kind: "repair";
  readonly packs: number;
  readonly chunks: number;
  /** What was found damaged in packs. It is left out of the index, so that the next capture stores it anew. */
  readonly problems: readonly string[];
  readonly seconds: number;
}

export type RepairPhase = "read";

/** Chunks of one new index file, which are sorted in memory. */
const PART_ENTRIES = 1 << 18;

/**
 * Makes the index of a repository anew, from nothing but its packs. Records that are damaged are left out of it. The old
 * index files stay under another name until a later clean-up, and lists of condemned packs are dropped: the next
 * clean-up makes them anew. Points and packs are not changed.
 * @throws REPOSITORY_BUSY also while a capture runs, READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED
 */
export async function* repairRepository(
  repository: Repository,
  { recordKey, readData }: { recordKey: RecordKey | undefined; readData: boolean },
  signal: AbortSignal,
): AsyncGenerator<Progress<RepairPhase>, RepairReport, undefined> {
  const started = performance.now();
  const { folders } = repository;
  await using lease = await takeCleanUpLease(repository);
  await removeUnfinishedUploads(repository, lease.id);
  // In this order: what is published after one of the looks is not touched by what follows from it.
  const old = await indexFilesIn(folders.index);
  const present = [...(await presentPacks(folders.packs)).keys()];
  // Its packs are not complete, and nobody may build on them yet.
  const capture = (await liveLeases(repository)).find(({ kind }) => kind === "capture");
  if (capture) throw new LifeboatError("REPOSITORY_BUSY", { folder: folders.root, by: `a capture on ${capture.host}` });
  const unfinished = await resumableStreams(repository);
  const names = present.filter((name) => !unfinished.has(name.split("/")[0] ?? ""));
  const meter = new ProgressMeter<RepairPhase>([{ phase: "read", bytes: await bytesOf(repository, names) }]);
  yield meter.enter("read");
  const writer = new IndexParts(repository);
  const problems: string[] = [];
  let done = 0;
  for await (const pack of scanPacks(repository, await newestFirst(repository, names), {
    recordKey,
    payloads: readData,
    signal,
  })) {
    for (const { offset, problem } of pack.gaps) problems.push(`${pack.name} at byte ${offset}: ${problem}`);
    await writer.add(pack);
    done += pack.size;
    yield meter.at(done);
  }
  const chunks = await writer.publish();
  // All packs count again, those too that were to go: why they were, the old index said.
  for (const path of await indexFilesIn(folders.condemned)) await forgetCondemned(repository, basename(path, ".lbx"));
  for (const path of old) await rename(path, mergedPath(path));
  await flushFolder(folders.index);
  const merged = old.map((path) => mergedPath(path).slice(folders.index.length + 1));
  await noteCondemned(repository, await condemnedNow(repository, randomUUID(), merged));
  const seconds = (performance.now() - started) / 1000;
  return { kind: "repair", packs: names.length, chunks, problems, seconds };
}

/**
 * A chunk that was found damaged once was stored anew, and of equal ones the first counts: without the data read nobody
 * can tell which is the good one, but that it is the newer one.
 */
async function newestFirst({ folders }: Repository, names: readonly string[]): Promise<string[]> {
  const created = new Map<string, number>();
  for (const name of names)
    created.set(name, (await readHeader(join(folders.packs, name)).catch(() => undefined))?.created ?? 0);
  return names.toSorted((a, b) => (created.get(b) ?? 0) - (created.get(a) ?? 0) || a.localeCompare(b));
}

/** New index files of bounded size, which get their names all at the end. */
class IndexParts {
  readonly #repository: Repository;
  /** Looked at in the order of their names. */
  readonly #name = randomUUID();
  readonly #paths: string[] = [];
  readonly #places = new PlaceList();
  #packs: PackEntry[] = [];
  #chunks = 0;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  async add({ stream, number, size, places }: ScannedPack): Promise<void> {
    const pack = this.#packs.push({ stream, number, size }) - 1;
    for (const place of places) this.#places.add({ ...place, pack });
    this.#chunks += places.length;
    if (this.#places.length >= PART_ENTRIES) await this.#write();
  }

  async publish(): Promise<number> {
    if (this.#packs.length > 0) await this.#write();
    for (const path of this.#paths) await rename(`${path}.partial`, path);
    return this.#chunks;
  }

  async #write(): Promise<void> {
    const { folders, id } = this.#repository;
    const indexId = randomUUID();
    const path = join(folders.index, `${this.#name}-${String(this.#paths.length + 1).padStart(6, "0")}.lbx`);
    await writeIndex(`${path}.partial`, { repositoryId: id, indexId, packs: this.#packs, rows: this.#places.sorted() });
    this.#paths.push(path);
    this.#packs = [];
    this.#places.clear();
  }
}
