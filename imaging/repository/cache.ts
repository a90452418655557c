import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { writeError } from "#imaging/image/record-file.ts";
import { writeAtomically } from "#imaging/job/write-atomically.ts";
import { openHttpSource } from "#imaging/repository/http-source.ts";
import { foldersOf, REPOSITORY_FILE } from "#imaging/repository/layout.ts";
import { openFolderSource, type RepositorySource } from "#imaging/repository/source.ts";
import { createError } from "#imaging/system/file-errors.ts";

/**
 * A cache is a folder that looks like the repository that it is of: its index files are copies, and its packs are sparse
 * files in which stand those records that were needed so far. Everything that reads a repository reads a cache.
 */
const SOURCE_FILE = "source.json";

const Source = z.object({ format: z.literal("lifeboat-cache/1"), place: z.string(), mostBytes: z.int().positive() });

const isAddress = (place: string): boolean => /^https?:\/\//i.test(place);

export const openSource = (place: string): RepositorySource =>
  isAddress(place) ? openHttpSource(place) : openFolderSource(place);

/** What a cache is of; undefined for a repository itself. @throws REQUEST_INVALID */
export async function sourceOf(root: string): Promise<{ source: RepositorySource; mostBytes: number } | undefined> {
  const path = join(root, SOURCE_FILE);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { place, mostBytes } = Source.parse(JSON.parse(text));
    return { source: openSource(place), mostBytes };
  } catch (cause) {
    throw new LifeboatError("REQUEST_INVALID", { path, problem: "it does not say what this cache is of" }, { cause });
  }
}

/**
 * Brings a cache up to date: the index as it is now. Packs are fetched when they are needed.
 * @param mostBytes that packs may take here
 * @throws REPOSITORY_NOT_FOUND, READ_FAILED, CREATE_FAILED, SPACE_EXHAUSTED
 */
export async function refreshCache(source: RepositorySource, root: string, mostBytes: number): Promise<void> {
  const folders = foldersOf(root);
  const { points, packs, index, condemned, leases } = folders;
  for (const folder of [points, packs, index, condemned, leases])
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw createError(folder, cause);
    });
  await fetchFile(source, REPOSITORY_FILE, folders.file).catch((cause: unknown) => {
    throw new LifeboatError("REPOSITORY_NOT_FOUND", { folder: source.place, file: REPOSITORY_FILE }, { cause });
  });
  for (const folder of ["index", "condemned"]) {
    const names = (await source.list(folder)).filter((name) => /^[\w-]+\.lbx$/.test(name));
    for (const name of await readdir(join(root, folder)))
      if (!names.includes(name)) await rm(join(root, folder, name), { force: true });
    for (const name of names) await fetchFile(source, `${folder}/${name}`, join(root, folder, name));
  }
  await writeAtomically(
    join(root, SOURCE_FILE),
    JSON.stringify({ format: "lifeboat-cache/1", place: source.place, mostBytes }),
  );
}

/** Brings a point into its cache. @returns its path there. @throws OPEN_FAILED, READ_FAILED */
export async function fetchPoint(source: RepositorySource, root: string, name: string): Promise<string> {
  const path = join(foldersOf(root).points, name);
  await fetchFile(source, `points/${name}`, path);
  return path;
}

/** Files of a repository never change: one of the same length is the same, but for the keys. */
async function fetchFile(source: RepositorySource, path: string, to: string): Promise<void> {
  const size = await source.size(path);
  const have = await stat(to).catch(() => undefined);
  if (have?.size === size && path !== REPOSITORY_FILE) return;
  const partial = `${to}.partial`;
  await rm(partial, { force: true });
  await using file = await open(partial, "wx", 0o600).catch((cause: unknown) => {
    throw createError(partial, cause);
  });
  for (let at = 0; at < size; at += PIECE) {
    const bytes = await source.read(path, at, Math.min(PIECE, size - at));
    await file.write(bytes, 0, bytes.length, at).catch((cause: unknown) => {
      throw writeError(partial, at, cause);
    });
  }
  await file.sync();
  await rm(to, { force: true });
  await rename(partial, to);
}

const PIECE = 4 << 20;

/** Removes packs that were used longest ago, until there is room. @param kept packs that are needed now */
export async function makeRoom(root: string, mostBytes: number, kept: ReadonlySet<string>): Promise<void> {
  const { packs } = foldersOf(root);
  const found: { path: string; used: number; bytes: number }[] = [];
  for (const stream of await readdir(packs))
    for (const name of await readdir(join(packs, stream))) {
      const path = join(packs, stream, name);
      const { mtimeMs, blocks } = await stat(path);
      found.push({ path, used: mtimeMs, bytes: blocks * 512 });
    }
  let bytes = found.reduce((sum, pack) => sum + pack.bytes, 0);
  for (const pack of found.toSorted((a, b) => a.used - b.used)) {
    if (bytes <= mostBytes) return;
    if (kept.has(pack.path)) continue;
    await rm(pack.path, { force: true });
    bytes -= pack.bytes;
  }
}
