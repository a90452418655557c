import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readWim } from "./wim-tool.ts";

/** The files of one image of a WIM. Paths have slashes and begin with one; their case does not count. */
export class WimContent {
  readonly wim: string;
  readonly index: number;
  readonly #paths: ReadonlyMap<string, string>;

  constructor(wim: string, index: number, paths: readonly string[]) {
    this.wim = wim;
    this.index = index;
    this.#paths = new Map(paths.map((path) => [path.toLowerCase(), path]));
  }

  /** The path as it is written there; undefined when it is not there. */
  find(path: string): string | undefined {
    return this.#paths.get(path.toLowerCase());
  }

  has(path: string): boolean {
    return this.find(path) !== undefined;
  }

  /** Everything below a folder. */
  below(folder: string): string[] {
    const start = `${folder.toLowerCase()}/`;
    return [...this.#paths].filter(([path]) => path.startsWith(start)).map(([, path]) => path);
  }

  /**
   * Writes files of it below `folder`, by their whole paths. @param paths as find() and below() give them
   * @throws WIM_DAMAGED, TOOL_FAILED
   */
  async extract(paths: readonly string[], folder: string): Promise<void> {
    if (paths.length === 0) return;
    await mkdir(folder, { recursive: true });
    const list = join(folder, ".list");
    await writeFile(list, paths.map((path) => `"${path}"\n`).join(""));
    const options = [`--dest-dir=${folder}`, "--no-acls", "--no-attributes", "--no-globs"];
    await readWim(this.wim, ["extract", this.wim, String(this.index), `@${list}`, ...options], "read files of a WIM");
  }
}

/** @throws WIM_DAMAGED, TOOL_MISSING */
export async function listWim(wim: string, index: number): Promise<WimContent> {
  const text = await readWim(wim, ["dir", wim, String(index)], "list the files of a WIM");
  return new WimContent(
    wim,
    index,
    text.split("\n").filter((line) => line.startsWith("/") && line !== "/"),
  );
}
