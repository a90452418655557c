import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { writeAtomically } from "#imaging/job/write-atomically.ts";
import { indexFilesIn } from "#imaging/repository/chunk-index.ts";
import { timeOfFolder } from "#imaging/repository/folder-time.ts";
import { liveLeases } from "#imaging/repository/lease.ts";
import { namesIfThere } from "#imaging/repository/names-in.ts";
import { readSmall } from "#imaging/repository/read-small.ts";
import type { Repository } from "#imaging/repository/repository.ts";

/** What a clean-up leaves for a later one: packs of condemned/ID.lbx, and files that others may still have in hand. */
const Condemned = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** Leases of those who were at work: they may have seen the repository as it was before. */
  waitsFor: z.array(z.uuid()),
  /** Names of index files that were merged into others. */
  merged: z.array(z.string().regex(/^[\w.-]+\.merged$/)),
});
/** Of a hundred thousand index files. */
const MOST_BYTES = 8 << 20;
export type Condemned = z.infer<typeof Condemned>;

const notePath = ({ folders }: Repository, id: string): string => join(folders.condemned, `${id}.json`);

/** Its index file. */
export const condemnedIndex = ({ folders }: Repository, id: string): string => join(folders.condemned, `${id}.lbx`);

export const noteCondemned = (repository: Repository, condemned: Condemned): Promise<void> =>
  writeAtomically(notePath(repository, condemned.id), JSON.stringify(condemned));

/** Who is at work is asked after all has its new name: who begins later sees it. */
export async function condemnedNow(repository: Repository, id: string, merged: readonly string[]): Promise<Condemned> {
  const waitsFor = (await liveLeases(repository)).filter(({ kind }) => kind !== "clean-up").map((lease) => lease.id);
  return { id, at: new Date(await timeInRepository(repository)).toISOString(), waitsFor, merged: [...merged] };
}

/** By the clock of its file system, against which times of grace are counted. @throws CREATE_FAILED */
export async function timeInRepository({ folders: { leases } }: Repository): Promise<number> {
  const now = await timeOfFolder(leases);
  if (now === undefined)
    throw new LifeboatError("CREATE_FAILED", { file: leases, reason: "no file can be made in it" });
  return now;
}

/** Lists and merged files that a clean-up was killed over before it had noted them: their time begins now. */
export async function noteStray(repository: Repository): Promise<void> {
  const { condemned, index } = repository.folders;
  for (const name of await namesIfThere(condemned))
    if (/\.(partial|new)$/.test(name)) await rm(join(condemned, name), { force: true }); // half written
  const notes = await readCondemned(repository);
  const noted = new Set(notes.flatMap(({ id, merged }) => [id, ...merged]));
  const merged = (await namesIfThere(index)).filter((name) => name.endsWith(".merged") && !noted.has(name));
  if (merged.length > 0) await noteCondemned(repository, await condemnedNow(repository, randomUUID(), merged));
  for (const path of await indexFilesIn(condemned)) {
    const id = basename(path, ".lbx");
    if (noted.has(id)) continue;
    await noteCondemned(repository, await condemnedNow(repository, id, []));
  }
}

/** The oldest first. */
export async function readCondemned(repository: Repository): Promise<Condemned[]> {
  const found: Condemned[] = [];
  for (const name of await namesIfThere(repository.folders.condemned)) {
    if (!name.endsWith(".json")) continue;
    const note = await readNote(join(repository.folders.condemned, name));
    if (note?.id === basename(name, ".json")) found.push(note);
  }
  return found.toSorted((a, b) => a.at.localeCompare(b.at));
}

export const forgetCondemned = async (repository: Repository, id: string): Promise<void> => {
  await rm(condemnedIndex(repository, id), { force: true });
  await rm(notePath(repository, id), { force: true });
};

async function readNote(path: string): Promise<Condemned | undefined> {
  try {
    return Condemned.parse(JSON.parse((await readSmall(path, MOST_BYTES)).toString("utf8")));
  } catch {
    return undefined; // half written by a clean-up that was killed: its packs stay until the next one
  }
}
