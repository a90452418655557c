import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { RequestHandler } from "express";
import { fileHandler } from "../http/file-handler.ts";
import { ServedRoot } from "../net/served-root.ts";
import type { MediaFile } from "./contract/server.ts";

/** Folders below the root that are looked into, and files that are named. */
const DEPTH = 2;
const MOST_FILES = 500;

/** What is written to a stick or burnt to a disc. */
const isMedium = (name: string): boolean => /\.(iso|img)$/i.test(name);

/** The newest first. A folder that cannot be read has none. */
export async function listMedia(root: string): Promise<MediaFile[]> {
  const found: MediaFile[] = [];
  for await (const path of filesIn(root, DEPTH)) {
    // One that is being written may be gone again.
    const info = await stat(path).catch(() => undefined);
    if (info?.isFile())
      found.push({ name: relative(root, path), bytes: info.size, modified: Math.round(info.mtimeMs) });
    if (found.length === MOST_FILES) break;
  }
  return found.toSorted((a, b) => b.modified - a.modified);
}

async function* filesIn(folder: string, depth: number): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (isMedium(entry.name) && !entry.isDirectory()) yield path;
    else if (entry.isDirectory() && depth > 0) yield* filesIn(path, depth - 1);
  }
}

/** Answers with the files that `listMedia` names, by their paths, and with nothing else. @throws PXE_ROOT_MISSING */
export async function mediaFiles(root: string): Promise<RequestHandler> {
  const mayNotLoad = async (_address: string, file: string) => (isMedium(file) ? undefined : "it is no medium");
  return fileHandler(await ServedRoot.open(root), undefined, mayNotLoad);
}
