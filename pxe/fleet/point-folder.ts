import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const REPOSITORY_FILE = "lifeboat.repository";

/** Whether a point is on another web server. */
export const isAddress = (point: string): boolean => /^https?:\/\//i.test(point);

export interface PointFolder {
  /** Of the repository, without links. */
  readonly folder: string;
  /** "points/office-20261130T120000.lbi" */
  readonly point: string;
}

/** A point of a repository on this server. @throws Error: why it is none */
export async function pointFolder(path: string): Promise<PointFolder> {
  const folder = await realpath(dirname(dirname(path))).catch(() => {
    throw new Error(`there is no folder ${dirname(dirname(path))}`);
  });
  const point = join("points", basename(path));
  for (const name of [REPOSITORY_FILE, point])
    if (!(await stat(join(folder, name)).catch(() => undefined))?.isFile())
      throw new Error(`${path} is no point of a repository: ${join(folder, name)} is not there`);
  return { folder, point };
}
