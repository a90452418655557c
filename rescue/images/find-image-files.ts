import type { Dirent } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FOOTER_SIZE, fileHeader, HEADER_SIZE } from "#imaging/image/format.ts";

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

const MAGIC = Buffer.from(fileHeader.fields.magic.type.replaceAll('"', ""), "latin1");
const NAMED = /\.(lbi|img)$/i;

/**
 * Image files below a folder: those that begin as an image, and every .lbi, whose owner takes it for one. Unfinished
 * captures (.partial) are none. Folders that cannot be read, links and other file systems are passed by.
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
      for (const entry of await entriesOf(folder)) {
        if (found.length >= limits.images || left.entries-- <= 0) return found;
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (depth < limits.depth && (await isOnDevice(path, dev))) below.push(path);
        } else if (entry.isFile() && (await isImage(path, depth <= limits.unnamedDepth && left.unnamed-- > 0))) {
          found.push(path);
        }
      }
    }
    folders = below;
  }
  return found;
}

async function isImage(path: string, openAnyName: boolean): Promise<boolean> {
  if (path.endsWith(".partial")) return false;
  if (!NAMED.test(path) && !openAnyName) return false;
  return /\.lbi$/i.test(path) || (await beginsAsImage(path));
}

async function beginsAsImage(path: string): Promise<boolean> {
  try {
    await using file = await open(path, "r");
    if ((await file.stat()).size < HEADER_SIZE + FOOTER_SIZE) return false;
    const start = Buffer.alloc(MAGIC.length);
    await file.read(start, 0, start.length, 0);
    return start.equals(MAGIC);
  } catch {
    return false; // an unreadable file is no image that could be restored
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
