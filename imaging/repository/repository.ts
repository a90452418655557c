import { hkdfSync, randomUUID } from "node:crypto";
import { mkdir, open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { FEATURE, REPOSITORY_CHUNK_SIZE } from "#imaging/image/format.ts";
import { headerBytes, isEncrypted, isRepository } from "#imaging/image/header.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { writeError } from "#imaging/image/record-file.ts";
import { type RecordKey, recordKeyOf } from "#imaging/image/sealed-record.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { createKeyArea } from "#imaging/keys/key-area.ts";
import { foldersOf, REPOSITORY_FILE, type RepositoryFolders } from "#imaging/repository/layout.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

/** A place that holds images whose equal parts are stored once. */
export interface Repository {
  readonly folders: RepositoryFolders;
  readonly id: string;
  readonly encrypted: boolean;
}

/** What opens all records of a repository; undefined when it is not encrypted. @throws IMAGE_LOCKED, what `unlock` throws */
export async function keyOfRepository(
  { folders, id, encrypted }: Repository,
  unlock: ((path: string) => Promise<Uint8Array>) | undefined,
): Promise<RecordKey | undefined> {
  if (!encrypted) return undefined;
  if (!unlock) throw new LifeboatError("IMAGE_LOCKED", { file: folders.root });
  return recordKeyOf(await unlock(folders.file), id);
}

/** Makes the ids of chunks in an encrypted repository: docs/format/repository.md, Chunk ids. */
export const idKeyOf = ({ key, imageId }: RecordKey): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", key, imageId, "lifeboat chunk ids 1", 32));

/**
 * Makes a repository in a folder that is empty or not there.
 * @param credentials what may open it; without any it is not encrypted
 * @throws FILE_EXISTS, CREATE_FAILED, SPACE_EXHAUSTED, KEY_INVALID
 */
export async function createRepository(
  root: string,
  credentials: readonly Credential[],
  writer: { program: string; version: string; platform: string },
): Promise<Repository> {
  const folders = foldersOf(root);
  const fail = (cause: unknown) => {
    throw createError(root, cause);
  };
  await mkdir(root, { recursive: true }).catch(fail);
  const [name] = await readdir(root).catch(fail);
  if (name !== undefined) throw new LifeboatError("FILE_EXISTS", { file: join(root, name) });
  const id = randomUUID();
  const keyArea = credentials.length > 0 ? (await createKeyArea(id, credentials)).bytes : new Uint8Array(0);
  const { points, packs, index, condemned, deleted, leases } = folders;
  for (const folder of [points, packs, index, condemned, deleted, leases]) await mkdir(folder).catch(fail);
  const incompatible = FEATURE.repository | (credentials.length > 0 ? FEATURE.encrypted : 0);
  const about = { imageId: id, createdAt: new Date().toISOString(), writer };
  const header = headerBytes(about, { number: 0, size: 0, chunkSize: REPOSITORY_CHUNK_SIZE, incompatible });
  await using file = await open(folders.file, "wx", 0o600).catch(fail);
  await file.writeFile(Buffer.concat([header, keyArea])).catch((cause: unknown) => {
    throw writeError(folders.file, 0, cause);
  });
  await file.sync();
  await flushFolder(root);
  return { folders, id, encrypted: credentials.length > 0 };
}

/** @throws REPOSITORY_NOT_FOUND, IMAGE_DAMAGED, IMAGE_UNSUPPORTED, READ_FAILED */
export async function openRepository(root: string): Promise<Repository> {
  const folders = foldersOf(root);
  const header = await readHeader(folders.file).catch((cause: unknown) => {
    if (isLifeboatError(cause, "OPEN_FAILED") || isLifeboatError(cause, "IMAGE_NOT_RECOGNISED"))
      throw new LifeboatError("REPOSITORY_NOT_FOUND", { folder: root, file: REPOSITORY_FILE }, { cause });
    throw cause;
  });
  if (!isRepository(header)) throw new LifeboatError("REPOSITORY_NOT_FOUND", { folder: root, file: REPOSITORY_FILE });
  return { folders, id: header.imageId, encrypted: isEncrypted(header) };
}

/** Whether a folder is one, by its file alone. */
export const isRepositoryFolder = (path: string): Promise<boolean> =>
  stat(foldersOf(path).file).then(
    (found) => found.isFile(),
    () => false,
  );
