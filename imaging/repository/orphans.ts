import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readJournal } from "#imaging/capture/capture-journal.ts";
import { presentPacks } from "#imaging/repository/chunk-index.ts";
import { liveLeases } from "#imaging/repository/lease.ts";
import type { Repository } from "#imaging/repository/repository.ts";
import { journalsIn } from "#imaging/repository/usage.ts";

/** What captures that were killed for good have left. */
export interface Orphans {
  /** "STREAM/chunks.lbp": of streams that no running or resumable capture writes. Those in an index are none. */
  readonly packs: readonly string[];
  /** Paths of unpublished index files of such streams. */
  readonly files: readonly string[];
}

/**
 * To be asked before the index is opened: a capture that publishes in between is then found there. While any capture
 * runs nothing counts as an orphan, for its stream has no name that we could know.
 */
export async function findOrphans(repository: Repository): Promise<Orphans> {
  const { folders } = repository;
  const present = await presentPacks(folders.packs);
  const unpublished = (await readdir(folders.index)).filter((name) => name.endsWith(".partial"));
  if ((await liveLeases(repository)).some(({ kind }) => kind === "capture")) return { packs: [], files: [] };
  const resumable = await resumableStreams(repository);
  const isOrphan = (name: string) => ![...resumable].some((id) => name.startsWith(id));
  const files = unpublished.filter(isOrphan).map((name) => join(folders.index, name));
  return { packs: [...present.keys()].filter(isOrphan), files };
}

/** Of captures that were interrupted and can go on. */
export async function resumableStreams(repository: Repository): Promise<Set<string>> {
  const streams = new Set<string>();
  for (const journal of await journalsIn(repository)) streams.add((await readJournal(journal)).imageId);
  return streams;
}

export const bytesOf = async ({ folders }: Repository, names: readonly string[]): Promise<number> => {
  let sum = 0;
  for (const name of names) sum += (await stat(join(folders.packs, name)).catch(() => ({ size: 0 }))).size;
  return sum;
};
