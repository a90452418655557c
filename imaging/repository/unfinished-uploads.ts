import { rm } from "node:fs/promises";
import { join } from "node:path";
import { liveLeases } from "#imaging/repository/lease.ts";
import { namesIfThere } from "#imaging/repository/names-in.ts";
import type { Repository } from "#imaging/repository/repository.ts";

/** A folder of this name in a repository that lies on a disk is somebody's own: nothing else in it is touched. */
const UPLOAD_NAME = /^upload-[0-9a-f]{24}$/;

/**
 * Uploads into object storage that a kill or a cut connection has left: nobody sees them as files, and they take room.
 * While anybody else writes, all of them may be his. @returns their paths. @throws OPEN_FAILED
 */
export async function unfinishedUploads(repository: Repository, ownLease?: string): Promise<string[]> {
  const { uploads } = repository.folders;
  const names = (await namesIfThere(uploads)).filter((name) => UPLOAD_NAME.test(name));
  if (names.length === 0) return [];
  const isWriter = ({ kind, id }: { kind: string; id: string }) => kind !== "read" && id !== ownLease;
  return (await liveLeases(repository)).some(isWriter) ? [] : names.map((name) => join(uploads, name));
}

/** To be done before its own first write: who cleans up. */
export async function removeUnfinishedUploads(repository: Repository, ownLease: string): Promise<void> {
  for (const path of await unfinishedUploads(repository, ownLease)) await rm(path, { force: true });
}
