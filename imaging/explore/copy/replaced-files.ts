import { lstat, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { renameError } from "#imaging/system/file-errors.ts";

/**
 * The files of a target that a copy replaces. cp(1) keeps each beside its copy as `NAME.~1~`, and puts it back where
 * the copy fails; what is left of that when it is done, or was stopped, is settled here.
 */
export class ReplacedFiles {
  /** By folder: what was there before the copy. */
  readonly #folders = new Map<string, { readonly names: Set<string>; readonly others: Set<string> }>();

  /** @param path a file of the target that the copy will replace */
  async add(path: string): Promise<void> {
    const folder = dirname(path);
    const known = this.#folders.get(folder) ?? { names: new Set(), others: new Set(await keptIn(folder)) };
    this.#folders.set(folder, known);
    known.names.add(basename(path));
  }

  /** Whether the old file stands there, because the copy failed, and not a part of the new one. */
  async isOld(path: string): Promise<boolean> {
    return this.#has(path) && (await this.#keptOf(path)) === undefined;
  }

  /** Of a copy that is done. @param failed whether the copy at a path is not whole */
  async settle(failed: (path: string) => boolean): Promise<void> {
    for await (const { path, kept } of this.#all())
      if (failed(path) || !(await isThere(path))) await putBack(kept, path);
      else await rm(kept);
  }

  /** Of a copy that was given up: no one knows which of the new files are whole. */
  async putBackAll(): Promise<void> {
    for await (const { path, kept } of this.#all()) await putBack(kept, path);
  }

  #has(path: string): boolean {
    return this.#folders.get(dirname(path))?.names.has(basename(path)) === true;
  }

  async #keptOf(path: string): Promise<string | undefined> {
    const folder = dirname(path);
    const kept = await keptIn(folder);
    return kept.find((name) => originOf(name) === basename(path) && !this.#folders.get(folder)?.others.has(name));
  }

  async *#all(): AsyncGenerator<{ path: string; kept: string }> {
    for (const [folder, { names, others }] of this.#folders)
      for (const name of await keptIn(folder)) {
        const origin = originOf(name);
        if (!others.has(name) && names.has(origin)) yield { path: join(folder, origin), kept: join(folder, name) };
      }
  }
}

/** GNU coreutils, "Backup options": numbered backups. */
const KEPT = /\.~\d+~$/;

const originOf = (name: string): string => name.replace(KEPT, "");

const keptIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch((): string[] => [])).filter((name) => KEPT.test(name));

async function putBack(kept: string, path: string): Promise<void> {
  await rename(kept, path).catch((cause: unknown) => {
    throw renameError(kept, path, cause);
  });
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
