import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { DOCUMENTS } from "../manifest/publish.ts";

/**
 * Before minutes of building: the folder can be made. One that is there is replaced only if it is empty, or a PXE set in which nothing
 * lies that is not of it. @throws OPEN_FAILED, FILE_EXISTS
 */
export async function checkPxeOut(out: string): Promise<void> {
  const fail = (path: string, reason: string) => new LifeboatError("OPEN_FAILED", { path, reason });
  const parent = await stat(dirname(out)).catch(() => undefined);
  if (!parent?.isDirectory()) throw fail(dirname(out), "there is no such folder");
  const present = await stat(out).catch(() => undefined);
  if (!present) return;
  if (!present.isDirectory()) throw fail(out, "it is not a folder");
  const found = await filesIn(out);
  if (found.length === 0) return;
  const own = await ownFiles(out);
  const foreign = found.find((file) => !own.has(file));
  if (foreign !== undefined) throw new LifeboatError("FILE_EXISTS", { file: join(out, foreign) });
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** What the manifest of a set names, and the documents that it cannot name. */
async function ownFiles(folder: string): Promise<Set<string>> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, DOCUMENTS.manifest), "utf8")) as Manifest;
    return new Set([...files.map(({ file }) => file), ...Object.values(DOCUMENTS)]);
  } catch {
    return new Set();
  }
}
