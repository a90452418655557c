import { basename, dirname, join } from "node:path";
import { UPLOADS_NAME } from "#imaging/bucket/bucket-node.ts";

/**
 * What a repository's folder holds: docs/format/repository.md.
 *
 *   lifeboat.repository   who it is, and the keys of an encrypted one
 *   points/NAME.lbi       images, whose chunks are in packs
 *   packs/STREAM/…        chunks; a stream is what one capture, or one clean-up, has written
 *   index/ID.lbx          which chunk is in which pack
 *   condemned/ID.lbx      packs that go once nobody can need them any more; ID.json says what is waited for
 *   deleted/NAME.lbi      points that go with them
 *   leases/ID.json        who is at work
 */
export const REPOSITORY_FILE = "lifeboat.repository";

export interface RepositoryFolders {
  readonly root: string;
  readonly file: string;
  readonly points: string;
  readonly packs: string;
  readonly index: string;
  readonly condemned: string;
  readonly deleted: string;
  readonly leases: string;
  /** Shown in a bucket alone: uploads that were not ended. */
  readonly uploads: string;
}

export const foldersOf = (root: string): RepositoryFolders => ({
  root,
  file: join(root, REPOSITORY_FILE),
  points: join(root, "points"),
  packs: join(root, "packs"),
  index: join(root, "index"),
  condemned: join(root, "condemned"),
  deleted: join(root, "deleted"),
  leases: join(root, "leases"),
  uploads: join(root, UPLOADS_NAME),
});

/** The repository that a point is in: points stand in one of two folders of it. */
export const repositoryOf = (point: string): string => dirname(dirname(point));

/** `NAME-20261128T210405123Z.lbi`: names sort by disk and time, and are allowed on every file system. Disks are captured at once. */
export function newPointPath(root: string, name: string, time: Date): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  const stamp = time.toISOString().replaceAll(/[-:.]/g, "");
  return join(foldersOf(root).points, `${plain || "point"}-${stamp}.lbi`);
}

export const pointName = (point: string): string => basename(point).replace(/\.lbi$/, "");
