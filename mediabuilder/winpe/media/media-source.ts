import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { WimContent } from "../wim/wim-content.ts";

/** A place that has files of a Windows medium. Paths have slashes and begin with one; their case does not count. */
export interface MediaSource {
  /** As a report names it: "/mnt/win11", "image 1 of boot.wim". */
  readonly name: string;
  find(path: string): string | undefined;
  below(folder: string): string[];
  /** Brings files to this machine. @returns a file for each path that find() or below() gave */
  fetch(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** A medium is some thousand files deep at most: one that has more is none. */
const MOST_FILES = 100_000;

/**
 * A folder with a medium's files: a mounted ISO, its copy, or what `copype` made, whose `media` has the medium and whose
 * `fwfiles`, beside it, the boot sectors for CDs.
 * @throws OPEN_FAILED
 */
export async function folderSource(folder: string, name = folder): Promise<MediaSource> {
  const files = new Map<string, string>();
  const add = async (root: string, prefix: string): Promise<boolean> => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => undefined);
    if (entries && entries.length > MOST_FILES) throw tooLarge(root);
    for (const entry of entries ?? []) {
      const place = join(entry.parentPath, entry.name);
      if (entry.isFile()) files.set(`${prefix}${place.slice(root.length)}`.toLowerCase(), place);
    }
    return entries !== undefined;
  };
  if (!(await add(folder, "")))
    throw new LifeboatError("OPEN_FAILED", { path: folder, reason: "it is no folder, or cannot be read" });
  const names = await readdir(folder);
  const media = names.find((one) => one.toLowerCase() === "media");
  if (media !== undefined && !files.has("/bootmgr")) await add(join(folder, media), "");
  if (basename(folder).toLowerCase() === "media") await add(join(dirname(folder), "fwfiles"), "/fwfiles");
  return {
    name,
    find: (path) => (files.has(path.toLowerCase()) ? path.toLowerCase() : undefined),
    below: (path) => [...files.keys()].filter((one) => one.startsWith(`${path.toLowerCase()}/`)).sort(),
    fetch: async (paths) => new Map(paths.map((path) => [path, files.get(path) as string])),
  };
}

const tooLarge = (path: string) =>
  new LifeboatError("OPEN_FAILED", { path, reason: `it holds more than ${MOST_FILES} files: it is no Windows medium` });

/** What a Windows PE has of these files itself. @param scratch folder that they are extracted into */
export const wimSource = (content: WimContent, scratch: string): MediaSource => ({
  name: `image ${content.index} of ${basename(content.wim)}`,
  find: (path) => content.find(path),
  below: (folder) => content.below(folder),
  async fetch(paths) {
    await content.extract(paths, scratch);
    return new Map(paths.map((path) => [path, join(scratch, path)]));
  },
});
