import { readdir, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { isLifeboatError } from "#base/errors.ts";
import { readManifest } from "#imaging/image/image-reader.ts";
import { REPOSITORY_FILE } from "#imaging/repository/layout.ts";
import { pointFiles } from "#imaging/repository/points.ts";
import { openRepository } from "#imaging/repository/repository.ts";
import type { LookAtRepositories, RepositoryFacts } from "#pxe/console/repositories.ts";

/** Folders below the root in which repositories are looked for. */
const DEPTH = 2;
/** Points of a repository that are named. */
const MOST_POINTS = 2000;

/** The repositories that are offered: those below the folder that computers load from. */
export const lookAtRepositories =
  (root: string): LookAtRepositories =>
  async (signal) => {
    const found: RepositoryFacts[] = [];
    for await (const folder of repositoriesIn(root, DEPTH)) {
      signal.throwIfAborted();
      found.push(await factsOf(folder, relative(root, folder) || basename(folder), signal));
    }
    return found;
  };

async function* repositoriesIn(folder: string, depth: number): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some((entry) => entry.isFile() && entry.name === REPOSITORY_FILE)) yield folder;
  else if (depth > 0)
    for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name)))
      if (entry.isDirectory()) yield* repositoriesIn(join(folder, entry.name), depth - 1);
}

async function factsOf(folder: string, name: string, signal: AbortSignal): Promise<RepositoryFacts> {
  try {
    const repository = await openRepository(folder);
    const files = (await pointFiles(repository)).toReversed();
    const points: RepositoryFacts["points"] = [];
    for (const path of files.slice(0, MOST_POINTS)) {
      signal.throwIfAborted();
      points.push(await pointOf(path, repository.encrypted));
    }
    const { id, encrypted: isEncrypted } = repository;
    return { name, id, folder, bytes: await bytesOf(folder), isEncrypted, points };
  } catch (error) {
    if (!isLifeboatError(error)) throw error;
    return { name, folder, bytes: 0, isEncrypted: false, points: [], problem: { code: error.code, text: error.text } };
  }
}

/** What is in an encrypted one is nobody's to see here. */
async function pointOf(path: string, isEncrypted: boolean): Promise<RepositoryFacts["points"][number]> {
  const name = basename(path, ".lbi");
  if (isEncrypted) return { name };
  try {
    const { createdAt, disk, note } = (await readManifest(path)).manifest;
    return { name, createdAt, disk: { model: disk.model ?? "", size: disk.size }, ...(note !== "" && { note }) };
  } catch (error) {
    if (!isLifeboatError(error)) throw error;
    return { name, problem: { code: error.code, text: error.text } };
  }
}

async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  // One that is being written may be gone again.
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  return bytes;
}
