import { hash } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { size } from "#cli/options.ts";
import type { Environment } from "#cli/password-input.ts";
import { fetchPoint, openSource, refreshCache } from "#imaging/repository/cache.ts";
import { repositoryOf } from "#imaging/repository/layout.ts";
import { isRepositoryFolder } from "#imaging/repository/repository.ts";

export interface CacheOptions {
  cache?: string;
  cacheSize: number;
}

const CACHE_SIZE = 4 * 2 ** 30;

export const withCache = (command: Command): Command =>
  command
    .addOption(new Option("--cache <folder>", "keep what is read of a repository here; of a web server's always done"))
    .addOption(
      new Option("--cache-size <size>", "the most that its data may take there")
        .argParser(size)
        .default(CACHE_SIZE, "4G"),
    );

const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/**
 * The file to open for an image that a user names: a path, or an address of a point of a repository behind a web server,
 * which is then read through a cache. @throws USAGE, REPOSITORY_NOT_FOUND, OPEN_FAILED, READ_FAILED
 */
export async function imagePath(text: string, options: CacheOptions, environment: Environment): Promise<string> {
  if (!isAddress(text) && options.cache === undefined) return resolve(text);
  const { place, name } = isAddress(text) ? splitAddress(text) : await splitPath(resolve(text));
  const root = cacheFolder(place, options, environment);
  const source = openSource(place);
  await refreshCache(source, root, options.cacheSize);
  return fetchPoint(source, root, name);
}

/** The folder to open for a repository that a user names; of one behind a web server a cache with all of its points. */
export async function repositoryPath(text: string, options: CacheOptions, environment: Environment): Promise<string> {
  if (!isAddress(text)) return resolve(text);
  const root = cacheFolder(text, options, environment);
  const source = openSource(text);
  await refreshCache(source, root, options.cacheSize);
  for (const name of await source.list("points")) if (isPointName(name)) await fetchPoint(source, root, name);
  return root;
}

/** One for each repository, so that they do not get into one another's way. */
function cacheFolder(place: string, { cache }: CacheOptions, { stateFolder }: Environment): string {
  const folder = cache === undefined ? join(dirname(stateFolder), "cache") : resolve(cache);
  return join(folder, hash("sha256", place.replace(/\/+$/, "")).slice(0, 16));
}

const isPointName = (name: string): boolean => /^[\w.-]+\.lbi$/.test(name);

function splitAddress(text: string): { place: string; name: string } {
  const found = /^(.*\/)points\/([^/?#]+)$/.exec(text);
  const name = found?.[2] ?? "";
  if (found?.[1] && isPointName(name)) return { place: found[1], name };
  const problem = `${text} is no point of a repository: its address is REPOSITORY/points/NAME.lbi`;
  throw new LifeboatError("USAGE", { problem });
}

async function splitPath(path: string): Promise<{ place: string; name: string }> {
  const place = repositoryOf(path);
  if (await isRepositoryFolder(place)) return { place, name: basename(path) };
  throw new LifeboatError("USAGE", { problem: `--cache is for points of a repository, and ${path} is none` });
}
