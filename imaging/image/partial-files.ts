import { constants } from "node:fs";
import { link, lstat, open, rename, unlink } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { partialPath, volumePath, volumesBeside } from "#imaging/image/volumes.ts";
import { createError, removeError, renameError } from "#imaging/system/file-errors.ts";
import { isOpen } from "#imaging/system/is-open.ts";

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/**
 * Makes the unfinished first volume, if neither an image nor a job is there.
 * @throws FILE_EXISTS, JOB_BUSY, CREATE_FAILED, SPACE_EXHAUSTED
 */
export async function createPartial(path: string): Promise<void> {
  if (await exists(path)) throw new LifeboatError("FILE_EXISTS", { file: path });
  const [volume] = await volumesBeside(path);
  if (volume !== undefined) throw new LifeboatError("FILE_EXISTS", { file: volumePath(path, volume) });
  const partial = partialPath(path);
  if ((await exists(partial)) && (await isOpen(partial))) throw new LifeboatError("JOB_BUSY", { device: partial });
  // What an interrupted capture left: it is no image, and this capture replaces it.
  await removePartials(path);
  try {
    await (await open(partial, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)).close();
  } catch (cause) {
    throw createError(partial, cause);
  }
}

/** @throws REMOVE_FAILED */
export async function removePartials(path: string): Promise<void> {
  const volumes = await volumesBeside(path, ".partial");
  for (const volume of [...volumes.toReversed(), 0]) {
    const partial = partialPath(volumePath(path, volume));
    await unlink(partial).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw removeError(partial, error);
    });
  }
}

/**
 * Gives the finished file its name, and never replaces one: link(2) fails where rename(2) would overwrite.
 * @throws FILE_EXISTS, RENAME_FAILED, SPACE_EXHAUSTED
 */
export async function publishFile(partial: string, path: string): Promise<void> {
  const failed = (cause: unknown) => {
    throw renameError(partial, path, cause);
  };
  try {
    await link(partial, path);
  } catch (cause) {
    const isTaken = (cause as NodeJS.ErrnoException).code === "EEXIST"; // whatever a look at a failing medium says
    // FAT and exFAT have no hard links, and rename(2) would replace a file that came here meanwhile.
    if (isTaken || (await exists(path))) throw new LifeboatError("FILE_EXISTS", { file: path }, { cause });
    return await rename(partial, path).catch(failed);
  }
  await unlink(partial).catch(failed);
}

/**
 * Takes the names away again that an interrupted publish had given.
 * @param isOurs whether a file is of this image
 * @throws RENAME_FAILED, SPACE_EXHAUSTED
 */
export async function takeNamesBack(path: string, isOurs: (file: string) => Promise<boolean>): Promise<void> {
  for (const volume of [0, ...(await volumesBeside(path))]) {
    const named = volumePath(path, volume);
    const partial = partialPath(named);
    if (!(await isOurs(named))) continue;
    const taken = (await exists(partial)) ? unlink(named) : rename(named, partial);
    await taken.catch((cause: unknown) => {
      throw renameError(named, partial, cause);
    });
  }
}
