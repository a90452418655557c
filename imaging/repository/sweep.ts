import { randomUUID } from "node:crypto";
import { readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type ChunkIndex, packNames } from "#imaging/repository/chunk-index.ts";
import {
  type Condemned,
  condemnedIndex,
  condemnedNow,
  forgetCondemned,
  noteCondemned,
  readCondemned,
  timeInRepository,
} from "#imaging/repository/condemned.ts";
import { placeEntry } from "#imaging/repository/format.ts";
import type { IndexFile } from "#imaging/repository/index-file.ts";
import { mergedPath } from "#imaging/repository/index-lookup.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";
import { liveLeases } from "#imaging/repository/lease.ts";
import { mergeRows } from "#imaging/repository/merge-rows.ts";
import type { SurveyedPack } from "#imaging/repository/pack-survey.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { writeIndex } from "#imaging/repository/write-index.ts";
import { removeError, renameError } from "#imaging/system/file-errors.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

/**
 * What was condemned so long ago that it may go, when nobody is left who was at work then. To be asked before the
 * points are looked through: who ends in between has published what he needs.
 */
export async function readyToGo(repository: Repository, graceSeconds: number): Promise<Condemned[]> {
  const live = new Set((await liveLeases(repository)).map(({ id }) => id));
  const now = await timeInRepository(repository);
  const isOld = ({ at }: Condemned) => now - Date.parse(at) >= graceSeconds * 1000;
  return (await readCondemned(repository)).filter((one) => isOld(one) && !one.waitsFor.some((id) => live.has(id)));
}

/** Packs on those lists of which no index file says what is in them. */
export async function unreadPacks(
  repository: Repository,
  ready: readonly Condemned[],
  { indexes }: ChunkIndex,
): Promise<string[]> {
  const paths = new Set(ready.map(({ id }) => condemnedIndex(repository, id)));
  const unread: string[] = [];
  for (const { file, place, condemned } of indexes) {
    if (!condemned || !paths.has(file.path)) continue;
    const entries = new Float64Array(file.header.packs);
    for await (const row of indexRows(file)) {
      const { pack } = placeEntry.parse(row);
      entries[pack] = (entries[pack] ?? 0) + 1;
    }
    const names = [...packNames(file)];
    unread.push(...names.filter((_, pack) => entries[pack] === 0 && (place.lengths[pack] ?? 0) > 0));
  }
  return unread;
}

export interface Sweeping {
  readonly ready: readonly Condemned[];
  readonly index: ChunkIndex;
  /** All packs that are there. */
  readonly packs: readonly SurveyedPack[];
}

/**
 * Removes what is ready to go. A condemned pack that a point needs after all is pardoned.
 *   condemned list without the pardoned -> index without those that go -> packs -> list
 * A kill at any moment leaves nothing that a later sweep does not finish. @returns bytes that are free now
 */
export async function sweep(repository: Repository, { ready, index, packs }: Sweeping): Promise<number> {
  const needed = new Set(packs.filter(({ condemned, used }) => condemned && used > 0).map(({ name }) => name));
  const going = new Set<string>();
  for (const { id } of ready) {
    const path = condemnedIndex(repository, id);
    const file = index.indexes.find((open) => open.condemned && open.file.path === path)?.file;
    const names = file ? [...packNames(file)] : [];
    for (const name of names) if (!needed.has(name)) going.add(name);
    if (file && names.some((name) => needed.has(name))) await pardon(repository, file, going);
  }
  if (going.size > 0) await mergeIndexes(repository, index, going);
  let freed = 0;
  for (const name of going) freed += await removePack(repository, name, packs);
  for (const { id, merged } of ready) {
    for (const name of merged) await rm(join(repository.folders.index, name), { force: true });
    await forgetCondemned(repository, id);
  }
  return freed;
}

/** The list is written anew with those alone that go. */
async function pardon({ folders, id }: Repository, file: IndexFile, going: ReadonlySet<string>): Promise<void> {
  const names = [...packNames(file)];
  const kept = mergeRows([file], (_, pack) => going.has(names[pack] as string));
  const anew = join(folders.condemned, `${randomUUID()}.partial`);
  await writeIndex(anew, { repositoryId: id, indexId: file.header.indexId, ...kept });
  await replace(anew, file.path);
}

/**
 * Makes one index file of all, without the packs that go. The old ones keep their content under another name until a
 * later sweep: somebody may have them in hand.
 */
export async function mergeIndexes(
  repository: Repository,
  { indexes }: ChunkIndex,
  going: ReadonlySet<string>,
): Promise<void> {
  const { folders, id } = repository;
  const files = indexes.filter(({ condemned }) => !condemned).map(({ file }) => file);
  const names = files.map((file) => [...packNames(file)]);
  const isAffected = files.length > 1 || names.some((list) => list.some((name) => going.has(name)));
  if (!isAffected) return;
  const indexId = randomUUID();
  const merged = join(folders.index, `${indexId}.lbx`);
  const kept = mergeRows(files, (file, pack) => !going.has(names[file]?.[pack] as string));
  await writeIndex(`${merged}.partial`, { repositoryId: id, indexId, ...kept });
  await replace(`${merged}.partial`, merged);
  for (const { path } of files) await replace(path, mergedPath(path));
  await flushFolder(folders.index);
  const old = (await readdir(folders.index)).filter((name) => name.endsWith(mergedPath("")));
  await noteCondemned(repository, await condemnedNow(repository, randomUUID(), old));
}

async function replace(from: string, to: string): Promise<void> {
  await rename(from, to).catch((cause: unknown) => {
    throw renameError(from, to, cause);
  });
}

async function removePack({ folders }: Repository, name: string, packs: readonly SurveyedPack[]): Promise<number> {
  const path = join(folders.packs, name);
  await rm(path, { force: true }).catch((cause: unknown) => {
    throw removeError(path, cause);
  });
  await rmdir(dirname(path)).catch(() => {}); // others of its stream are there still
  return packs.find((pack) => pack.name === name)?.size ?? 0;
}
