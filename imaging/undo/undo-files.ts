import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { type ImageSummary, readManifest } from "#imaging/image/image-reader.ts";
import type { Manifest, UndoInfo } from "#imaging/image/manifest.ts";
import { readHeader } from "#imaging/image/read-header.ts";

const ENDING = ".lbu";

/** "20260102T030405Z-ata-Samsung_1234.lbu" */
export function undoFileName(targetId: string, time: Date): string {
  const date = time.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${date}-${targetId.replaceAll(/[^\w-]+/g, "_").slice(-80)}${ENDING}`;
}

/** An undo file, as far as a list needs it. */
export interface UndoFile extends Pick<ImageSummary, "path" | "fileSize" | "rootHash"> {
  readonly manifest: Manifest;
  readonly undo: UndoInfo;
}

/** @throws NOT_AN_UNDO_FILE, and what readManifest throws */
export async function readUndoFile(path: string): Promise<UndoFile> {
  const { fileSize, rootHash, manifest } = await readManifest(path);
  if (!manifest.undo) throw new LifeboatError("NOT_AN_UNDO_FILE", { file: path });
  return { path, fileSize, rootHash, manifest, undo: manifest.undo };
}

/** Those of a folder, the newest first; one that cannot be read is left out. */
export async function listUndoFiles(folder: string): Promise<UndoFile[]> {
  const found = await Promise.all((await undoPaths(folder)).map((path) => readUndoFile(path).catch(() => undefined)));
  return found
    .filter((file) => file !== undefined)
    .toSorted((a, b) => b.manifest.createdAt.localeCompare(a.manifest.createdAt));
}

/** The file in a folder that has this id. */
export async function findUndoFile(folder: string, imageId: string): Promise<string | undefined> {
  for (const path of await undoPaths(folder)) {
    const header = await readHeader(path).catch(() => undefined);
    if (header?.imageId === imageId) return path;
  }
  return undefined;
}

const undoPaths = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ENDING)).map((name) => join(folder, name));
