import { isPoint } from "#imaging/image/header.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { foldersOf, repositoryOf } from "#imaging/repository/layout.ts";
import { isRepositoryFolder } from "#imaging/repository/repository.ts";

/**
 * The file with the keys of an image: its own, or that of its repository. Also of a repository by its folder.
 * @throws what readHeader throws
 */
export async function keyFileOf(path: string): Promise<string> {
  if (await isRepositoryFolder(path)) return foldersOf(path).file;
  return isPoint(await readHeader(path)) ? foldersOf(repositoryOf(path)).file : path;
}
