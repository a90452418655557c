import type { Dirent } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FOOTER_SIZE, fileHeader, HEADER_SIZE } from "#imaging/image/format.ts";
import { parseHeader } from "#imaging/image/header.ts";
import { foldersOf, REPOSITORY_FILE } from "#imaging/repository/layout.ts";

/** A search must end soon on a disk with millions of files, and must not fill the memory. */
export const SEARCH_LIMITS = {
  /** Folders below the top of the file system. */
  depth: 3,
  /** Files of other names are opened down to here: each costs a seek. */
  unnamedDepth: 1,
  entries: 20_000,
  unnamedFiles: 500,
  images: 100,
};
export type SearchLimits = typeof SEARCH_LIMITS;

/** Of one repository: who needs an older point names it on the command line. */
const MOST_POINTS = 100;

const MAGIC = Buffer.from(fileHeader.fields.magic.type.replaceAll('"', ""), "latin1");
const NAMED = /\.(lbi|img)$/i;
/** A later volume of a split image: docs/format/image.md, Volumes. */
const LATER_VOLUME = /\.\d{3,}$/;

/**
 * Image files below a folder: those that begin as an image, and every .lbi, whose owner takes it for one. Of a split
 * image only the first volume is listed, also when it is the one that is missing. Unfinished captures (.partial) are
 * none. Folders that cannot be read, links and other file systems are passed by.
 */
export async function findImageFiles(top: string, limits: SearchLimits = SEARCH_LIMITS): Promise<string[]> {
  const found: string[] = [];
  const left = { entries: limits.entries, unnamed: limits.unnamedFiles };
  const { dev } = await stat(top);
  let folders = [top];
  // By depth, so that what lies near the top is found before a limit is reached.
  for (let depth = 0; depth <= limits.depth && folders.length > 0; depth++) {
    const below: string[] = [];
    for (const folder of folders) {
      const entries = await entriesOf(folder);
      // Of a repository its points are images, and nothing else in it.
      const points = entries.some(({ name }) => name === REPOSITORY_FILE) ? foldersOf(folder).points : undefined;
      if (points !== undefined) for (const path of await newestPoints(points)) found.push(path);
      for (const entry of points === undefined ? entries : []) {
        if (found.length >= limits.images || left.entries-- <= 0) return found;
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (depth < limits.depth && (await isOnDevice(path, dev))) below.push(path);
        } else if (entry.isFile()) {
          const image = await imageOf(path, depth <= limits.unnamedDepth && left.unnamed-- > 0);
          if (image !== undefined && !found.includes(image)) found.push(image);
        }
      }
    }
    folders = below;
  }
  return found;
}

/** Names end with the time. */
const newestPoints = async (folder: string): Promise<string[]> =>
  (await entriesOf(folder))
    .filter((entry) => entry.isFile() && entry.name.endsWith(".lbi"))
    .map(({ name }) => join(folder, name))
    .toSorted((a, b) => timeIn(b).localeCompare(timeIn(a)))
    .slice(0, MOST_POINTS);

const timeIn = (path: string): string => /\d{8}T\d{6}Z(?=\.lbi$)/.exec(path)?.[0] ?? "";

/** @returns the name of the image that the file is, or is a volume of; undefined for other files and renamed volumes */
async function imageOf(path: string, openAnyName: boolean): Promise<string | undefined> {
  // What restores saved of their targets is written back by `lifeboat undo`, and is no image to restore.
  if (path.endsWith(".partial") || path.endsWith(".lbu")) return undefined;
  if (/\.lbi$/i.test(path)) return path;
  const first = path.replace(LATER_VOLUME, "");
  if (!NAMED.test(first) && !openAnyName) return undefined;
  const volume = await volumeNumber(path);
  if (volume === undefined) return undefined;
  if (volume === 0) return path;
  return first === path ? undefined : first;
}

/** @returns undefined for a file that does not begin as an image. An unreadable one could not be restored anyway. */
async function volumeNumber(path: string): Promise<number | undefined> {
  try {
    await using file = await open(path, "r");
    if ((await file.stat()).size < HEADER_SIZE + FOOTER_SIZE) return undefined;
    const page = Buffer.alloc(HEADER_SIZE);
    await file.read(page, 0, page.length, 0);
    return page.subarray(0, MAGIC.length).equals(MAGIC) ? numberIn(page, path) : undefined;
  } catch {
    return undefined;
  }
}

/** A header that cannot be understood is listed under its own name, with the reason. */
function numberIn(page: Uint8Array, path: string): number {
  try {
    return parseHeader(page, path).volumeNumber;
  } catch {
    return LATER_VOLUME.test(path) ? 1 : 0;
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const isOnDevice = (path: string, device: number): Promise<boolean> =>
  stat(path).then(
    ({ dev }) => dev === device,
    () => false,
  );
