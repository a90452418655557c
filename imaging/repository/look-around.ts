import { access } from "node:fs/promises";
import { basename, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { OpenImageOptions } from "#imaging/image/open-records.ts";
import type { RecordKey } from "#imaging/image/sealed-record.ts";
import { ChunkIndex } from "#imaging/repository/chunk-index.ts";
import { deletedPoints } from "#imaging/repository/delete-point.ts";
import { pointName } from "#imaging/repository/layout.ts";
import { type SurveyedPack, surveyPacks } from "#imaging/repository/pack-survey.ts";
import { pointFiles } from "#imaging/repository/points.ts";
import { idKeyOf, type Repository } from "#imaging/repository/repository.ts";
import { hashesOfPoint, hashesOfUnfinished, journalsIn, Usage } from "#imaging/repository/usage.ts";
import { errnoName } from "#imaging/system/errno.ts";

/** What every point needs of every pack. */
export interface Needs {
  readonly index: ChunkIndex;
  readonly usage: Usage;
  readonly packs: readonly SurveyedPack[];
  /** Chunks that points need and no index file names, with the name of the first such point. */
  readonly lost: { readonly chunks: number; readonly point: string };
}

export interface LookOptions {
  readonly unlock: OpenImageOptions["unlock"];
  readonly recordKey: RecordKey | undefined;
  readonly signal: AbortSignal;
}

/**
 * Looks through all points, those that are deleted and not yet removed included, and through all captures that can go
 * on. Yields after each point. Points are listed before the index is opened, so that it names all that they need, and
 * again at the end: for captures that ended meanwhile, and points that were deleted or brought back under our eyes.
 * @throws INDEX_DAMAGED, and what openImage throws
 */
export async function* lookAround(
  repository: Repository,
  { unlock, recordKey, signal }: LookOptions,
): AsyncGenerator<void, Needs, undefined> {
  const first = await allPoints(repository);
  const onDamage = (damage: LifeboatError) => {
    throw damage; // what an index that cannot be read names would be taken for waste
  };
  const index = await ChunkIndex.open(repository, { idKey: recordKey && idKeyOf(recordKey), onDamage });
  const usage = new Usage(index, recordKey);
  const lost = { chunks: 0, point: "" };
  const seen = new Set<string>();
  const markNew = async function* (points: readonly string[], counts: boolean) {
    for (const path of points.filter((point) => !seen.has(point))) {
      signal.throwIfAborted();
      seen.add(path);
      const lacks = await unlessGone(path, lostOf(usage.mark(hashesOfPoint(path, unlock))));
      if (lacks === undefined)
        seen.delete(path); // it may come back
      else if (counts && lacks > 0) {
        if (lost.chunks === 0) lost.point = pointName(path);
        lost.chunks += lacks;
      }
      yield;
    }
  };
  yield* markNew(first, true);
  for (const journal of await journalsIn(repository)) {
    const partial = journal.replace(/\.job$/, ".partial");
    await unlessGone(partial, lostOf(usage.mark(hashesOfUnfinished(journal, recordKey))));
  }
  for (let more = await unseen(repository, seen); more.length > 0; more = await unseen(repository, seen))
    yield* markNew(more, false); // made since the index was opened: their own packs are none of its
  return { index, usage, packs: await surveyPacks(repository, index, usage), lost };
}

/** One that is moved from one folder to the other meanwhile is in at least one of these lists. */
async function allPoints(repository: Repository): Promise<string[]> {
  const before = await pointFiles(repository);
  const deleted = (await deletedPoints(repository)).map(({ path }) => path);
  return [...new Set([...before, ...deleted, ...(await pointFiles(repository))])];
}

const unseen = async (repository: Repository, seen: ReadonlySet<string>): Promise<string[]> =>
  (await allPoints(repository)).filter((path) => !seen.has(path));

/** A point that was moved is found at its other place; an unfinished one that is gone was published, or given up. */
async function unlessGone(path: string, marked: Promise<number>): Promise<number | undefined> {
  try {
    return await marked;
  } catch (error) {
    const isGone = await access(path).then(
      () => false,
      (cause: unknown) => errnoName(cause) === "ENOENT",
    );
    if (isGone) return undefined;
    throw error;
  }
}

/**
 * Packs that no index file says anything of may hold what points lack: an index was lost, and must be made anew before
 * such a pack may go. @throws INDEX_DAMAGED
 */
export function refuseUnread({ folders }: Repository, { lost }: Needs, unread: readonly string[]): void {
  const [pack] = unread;
  if (lost.chunks === 0 || pack === undefined) return;
  const found = `${unread.length} packs that it does not know are there, such as ${pack}`;
  const problem = `it lacks ${lost.chunks} chunks that the point ${lost.point} and others need, and ${found}`;
  throw new LifeboatError("INDEX_DAMAGED", { file: join(folders.root, basename(folders.index)), offset: 0, problem });
}

const lostOf = async (marked: ReturnType<Usage["mark"]>): Promise<number> => (await marked).lost;
