import { mkdir, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, join } from "node:path";
import { staysWords } from "#base/deployment/stays-words.ts";
import { LifeboatError } from "#base/errors.ts";
import { volumePath, volumesBeside } from "#imaging/image/volumes.ts";
import { timeOfFolder } from "#imaging/repository/folder-time.ts";
import { foldersOf, pointName, repositoryOf } from "#imaging/repository/layout.ts";
import { liveLeases } from "#imaging/repository/lease.ts";
import { namesIfThere } from "#imaging/repository/names-in.ts";
import { openRepository, type Repository } from "#imaging/repository/repository.ts";
import { removeError, renameError } from "#imaging/system/file-errors.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

/**
 * Takes a point off the list. Its file goes to the folder of deleted points, from where `restorePoint` brings it back
 * until a clean-up removes it. @throws POINT_IN_USE, NOT_FOUND, FILE_EXISTS, RENAME_FAILED
 */
export async function deletePoint(path: string): Promise<void> {
  const repository = await openRepository(repositoryOf(path));
  await refuseInUse(repository, path);
  const now = await timeOfFolder(repository.folders.leases);
  // Since when it is deleted: FAT and exFAT keep no time of a rename.
  if (now !== undefined) await utimes(path, now / 1000, now / 1000).catch(() => {});
  await move(path, repository.folders.deleted);
  // Who began to read it between the look and the move has it back.
  await refuseInUse(repository, path).catch(async (error: unknown) => {
    await move(join(repository.folders.deleted, basename(path)), repository.folders.points).catch(() => {});
    throw error;
  });
}

/** Brings a deleted point back. @param name of the point. @throws NOT_FOUND, FILE_EXISTS, RENAME_FAILED */
export async function restorePoint({ folders }: Repository, name: string): Promise<string> {
  if (name !== basename(name)) throw new LifeboatError("NOT_FOUND", { what: `a deleted point of the name ${name}` });
  await move(join(folders.deleted, `${name}.lbi`), folders.points);
  return join(folders.points, `${name}.lbi`);
}

/** Deleted points by their paths, with when they were deleted. */
export async function deletedPoints({ folders }: Repository): Promise<{ path: string; at: number }[]> {
  const found = [];
  for (const name of await namesIfThere(folders.deleted)) {
    if (!name.endsWith(".lbi")) continue;
    const path = join(folders.deleted, name);
    const file = await stat(path).catch(() => undefined); // it is brought back just now
    if (file) found.push({ path, at: Math.max(file.ctimeMs, file.mtimeMs) }); // rename(2) sets the one, deletePoint the other
  }
  return found;
}

/** For good, with what people said of it. @throws REMOVE_FAILED */
export async function removePoint({ folders }: Repository, path: string): Promise<void> {
  for (const volume of [...(await volumesBeside(path)), 0]) {
    const file = volumePath(path, volume);
    await rm(file, { force: true }).catch((cause: unknown) => {
      throw removeError(file, cause);
    });
  }
  // Unless it was brought back just now: a pin must not be lost.
  const back = join(folders.points, basename(path));
  if (!(await exists(back))) await rm(back.replace(/\.lbi$/, ".mark"), { force: true }).catch(() => {});
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function refuseInUse(repository: Repository, path: string): Promise<void> {
  const point = pointName(path);
  const reader = (await liveLeases(repository)).find((lease) => lease.point === point);
  if (reader)
    throw new LifeboatError("POINT_IN_USE", { point, by: staysWords["stays.process"]({ host: reader.host }) });
}

async function move(from: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const to = join(folder, basename(from));
  if (!(await exists(from))) throw new LifeboatError("NOT_FOUND", { what: `the point ${from}` });
  if (await exists(to)) throw new LifeboatError("FILE_EXISTS", { file: to });
  for (const volume of [0, ...(await volumesBeside(from))])
    await rename(volumePath(from, volume), volumePath(to, volume)).catch((cause: unknown) => {
      throw renameError(from, to, cause);
    });
  const { points, deleted } = foldersOf(repositoryOf(from));
  await flushFolder(points);
  await flushFolder(deleted);
}
