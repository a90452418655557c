import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";

/** The root of the checkout: recipes, scripts and node_modules are found from here. */
export const projectRoot = join(import.meta.dirname, "..");
export const recipeFile = (name: string): string => join(projectRoot, "images/rescue", name);

/** Every file of the ISO carries this time, so the same inputs give the same bytes: 2026-01-01T00:00:00Z. */
export const SOURCE_DATE_EPOCH = 1_767_225_600;

/** The lines of a list in images/, without comments and empty lines. */
export async function readList(name: string): Promise<string[]> {
  return parseList(await readFile(recipeFile(name), "utf8"));
}

export function parseList(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/** SHA-256 of a file, in hexadecimal. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part as Buffer);
  return hash.digest("hex");
}

/** One hash over the names, modes and contents of all files below a folder, and the targets of links, in a fixed order. */
export async function hashTree(folder: string): Promise<string> {
  const hash = createHash("sha256");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const links = entries.filter((entry) => entry.isSymbolicLink()).map((entry) => join(entry.parentPath, entry.name));
  for (const link of links.sort()) hash.update(`${link.slice(folder.length)}->${await readlink(link)}:`);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    const content = await readFile(file);
    const { mode } = await stat(file);
    hash.update(`${file.slice(folder.length)}:${mode}:${content.length}:`).update(content);
  }
  return hash.digest("hex");
}
