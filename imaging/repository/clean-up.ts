import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import type { Sentence } from "#base/sentence.ts";
import type { OpenImageOptions } from "#imaging/image/open-records.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { type ChunkIndex, packNames, packOfName } from "#imaging/repository/chunk-index.ts";
import {
  condemnedIndex,
  condemnedNow,
  noteCondemned,
  noteStray,
  timeInRepository,
} from "#imaging/repository/condemned.ts";
import { deletedPoints, deletePoint, removePoint } from "#imaging/repository/delete-point.ts";
import { type Lease, liveLeases, takeLease } from "#imaging/repository/lease.ts";
import { lookAround, type Needs, refuseUnread } from "#imaging/repository/look-around.ts";
import { mergeRows } from "#imaging/repository/merge-rows.ts";
import { bytesOf, findOrphans } from "#imaging/repository/orphans.ts";
import { PackStream } from "#imaging/repository/pack-stream.ts";
import { packsToRepack, type SurveyedPack } from "#imaging/repository/pack-survey.ts";
import { repack } from "#imaging/repository/repack.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { mergeIndexes, readyToGo, sweep, unreadPacks } from "#imaging/repository/sweep.ts";
import { removeUnfinishedUploads } from "#imaging/repository/unfinished-uploads.ts";
import type { Usage } from "#imaging/repository/usage.ts";
import { writeIndex } from "#imaging/repository/write-index.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";
import { say } from "#imaging/words/say.ts";

export interface CleanUpOptions {
  /** Points to delete first: paths. */
  readonly points: readonly string[];
  /** How long what is deleted stays, for somebody to change his mind, and for readers that cannot be seen. */
  readonly graceSeconds: number;
  readonly unlock: OpenImageOptions["unlock"];
  readonly recordKey: RecordKey | undefined;
  readonly writer: { program: string; version: string; platform: string };
}

export type CleanUpPhase = "look" | "repack" | "remove";

export interface CleanUpReport {
  readonly kind: "clean-up";
  readonly deleted: readonly string[];
  /** Bytes that are free now, and that a later clean-up frees when the time of grace is over. */
  readonly freed: number;
  readonly later: number;
  /** Packs that were mostly waste, and were written anew. */
  readonly repacked: number;
  readonly warnings: readonly string[];
  readonly seconds: number;
}

type Steps<R> = AsyncGenerator<Progress<CleanUpPhase>, R, undefined>;

/**
 * Frees what no point of a repository needs, in two steps, while others capture and restore:
 *   points deleted -> what every point needs -> packs of before, that nobody can need any more, removed
 *     -> packs that are mostly waste written anew -> packs without use condemned, for a later clean-up
 * @throws REPOSITORY_BUSY, REPOSITORY_DAMAGED, INDEX_DAMAGED, READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED
 */
export class CleanUp {
  readonly #repository: Repository;
  readonly #options: CleanUpOptions;
  readonly #signal: AbortSignal;
  readonly #meter = new ProgressMeter<CleanUpPhase>([
    { phase: "look", bytes: 0 },
    { phase: "repack", bytes: 0 },
    { phase: "remove", bytes: 0 },
  ]);

  constructor(repository: Repository, options: CleanUpOptions, signal: AbortSignal) {
    this.#repository = repository;
    this.#options = options;
    this.#signal = signal;
  }

  async *steps(): Steps<CleanUpReport> {
    const started = performance.now();
    const { points, graceSeconds } = this.#options;
    await using lease = await takeCleanUpLease(this.#repository);
    await removeUnfinishedUploads(this.#repository, lease.id);
    await noteStray(this.#repository);
    const deleted: string[] = [];
    for (const path of points) if (await this.#deletePoint(path)) deleted.push(path);
    await this.#removeDeleted();

    const before = yield* this.#sweepReady();
    const { condemned, repacked } = yield* this.#condemnWaste();
    // Without a time of grace at once, but for what somebody who is at work may need.
    const now = graceSeconds === 0 ? yield* this.#sweepReady() : 0;
    return {
      kind: "clean-up",
      deleted,
      freed: before + now,
      later: Math.max(0, condemned - now),
      repacked,
      warnings: this.#meter.warnings.map(({ text }) => text),
      seconds: (performance.now() - started) / 1000,
    };
  }

  #warn(code: string, { text, said }: Sentence): void {
    this.#meter.warn(code, text, said);
  }

  /** @returns false when somebody reads it, which keeps no other one from going */
  async #deletePoint(path: string): Promise<boolean> {
    try {
      await deletePoint(path);
      return true;
    } catch (error) {
      if (!isLifeboatError(error, "POINT_IN_USE")) throw error;
      const { point, by } = error.details;
      this.#warn(error.code, say("stays.in-use", { point, by }));
      return false;
    }
  }

  async #removeDeleted(): Promise<void> {
    const now = await timeInRepository(this.#repository);
    for (const { path, at } of await deletedPoints(this.#repository))
      if (now - at >= this.#options.graceSeconds * 1000) await removePoint(this.#repository, path);
  }

  async *#sweepReady(): Steps<number> {
    const ready = await readyToGo(this.#repository, this.#options.graceSeconds);
    if (ready.length === 0) return 0;
    const needs = yield* this.#look();
    refuseUnread(this.#repository, needs, await unreadPacks(this.#repository, ready, needs.index));
    yield this.#meter.enter("remove");
    return await sweep(this.#repository, { ready, ...needs });
  }

  /** What every point needs of every pack. */
  async *#look(): Steps<Needs> {
    yield this.#meter.enter("look");
    const looking = lookAround(this.#repository, { ...this.#options, signal: this.#signal });
    for (;;) {
      const next = await looking.next();
      if (next.done) return next.value;
      yield this.#meter.at(0);
    }
  }

  async *#condemnWaste(): Steps<{ condemned: number; repacked: number }> {
    const orphans = await findOrphans(this.#repository);
    const needs = yield* this.#look();
    const { index, usage, packs } = needs;
    const known = new Set(packs.map(({ name }) => name));
    const stray = orphans.packs.filter((name) => !known.has(name));
    refuseUnread(this.#repository, needs, stray);
    const live = packs.filter(({ condemned }) => !condemned);
    const waste = live.filter(({ used }) => used === 0);
    const sparse = packsToRepack(live);
    const moved = yield* this.#repack(sparse, index, usage);
    const going = new Set([...waste, ...moved].map(({ name }) => name));
    if (going.size + stray.length > 0) await condemn(this.#repository, index, going, stray);
    for (const file of orphans.files) await rm(file, { force: true });
    await mergeIndexes(this.#repository, index, new Set());
    const bytes = [...waste, ...moved].reduce((sum, { size }) => sum + size, 0);
    return { condemned: bytes + (await bytesOf(this.#repository, stray)), repacked: moved.length };
  }

  /** @returns the packs whose needed records are elsewhere now, and durable */
  async *#repack(packs: readonly SurveyedPack[], index: ChunkIndex, usage: Usage): Steps<SurveyedPack[]> {
    if (packs.length === 0) return [];
    const { recordKey, writer } = this.#options;
    const owner = { imageId: randomUUID(), createdAt: new Date().toISOString(), writer };
    const into = await PackStream.create(this.#repository, owner, recordKey);
    const moved: SurveyedPack[] = [];
    let done = 0;
    let isKept = false;
    this.#meter.expect(
      "repack",
      packs.reduce((sum, { used }) => sum + used, 0),
    );
    yield this.#meter.enter("repack");
    try {
      const onDamage = (pack: SurveyedPack, problem: string) =>
        this.#warn("CHUNK_DAMAGED", say("stays.damaged", { pack: pack.name, what: problem }));
      const options = { recordKey, signal: this.#signal, onDamage };
      for await (const pack of repack(this.#repository, packs, { index, usage, into }, options)) {
        moved.push(pack);
        done += pack.used;
        yield this.#meter.at(done);
      }
      await into.finish();
      await into.publish();
      isKept = true;
    } catch (error) {
      // What needs no room is freed all the same, and makes room for the next clean-up.
      if (!isLifeboatError(error, "SPACE_EXHAUSTED")) throw error;
      this.#warn(error.code, say("stays.no-room"));
      return [];
    } finally {
      await into.close(isKept);
    }
    return moved;
  }
}

/** Puts packs on a list of what goes later, with all that is known of them. */
async function condemn(
  repository: Repository,
  { indexes }: ChunkIndex,
  going: ReadonlySet<string>,
  stray: readonly string[],
): Promise<void> {
  const id = randomUUID();
  const path = condemnedIndex(repository, id);
  const files = indexes.filter(({ condemned }) => !condemned).map(({ file }) => file);
  const names = files.map((file) => [...packNames(file)]);
  const { packs, rows } = mergeRows(files, (file, pack) => going.has(names[file]?.[pack] as string));
  const all = [...packs, ...stray.map(packOfName)];
  await writeIndex(`${path}.partial`, { repositoryId: repository.id, indexId: id, packs: all, rows });
  await rename(`${path}.partial`, path);
  await flushFolder(repository.folders.condemned);
  await noteCondemned(repository, await condemnedNow(repository, id, []));
}

/** Two clean-ups at once would each take what the other moves for waste. @throws REPOSITORY_BUSY */
export async function takeCleanUpLease(repository: Repository): Promise<Lease> {
  const lease = await takeLease(repository, "clean-up");
  const other = (await liveLeases(repository)).find(({ kind, id }) => kind === "clean-up" && id !== lease.id);
  if (!other) return lease;
  await lease[Symbol.asyncDispose]();
  throw new LifeboatError("REPOSITORY_BUSY", { folder: repository.folders.root, by: `a clean-up on ${other.host}` });
}
