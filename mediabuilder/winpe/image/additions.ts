import { mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SOURCE_DATE_EPOCH } from "../../recipe.ts";
import type { WimContent } from "../wim/wim-content.ts";

/** A file that is put into the image, over one of the same name. */
export interface Addition {
  /** In the image: "/Windows/System32/winpeshl.ini". */
  readonly path: string;
  readonly content: Uint8Array | string;
}

/** The path with the names of folders that are there as they are written there: a WIM can hold "windows" and "Windows". */
export function pathIn(content: Pick<WimContent, "find">, path: string): string {
  const names = path.split("/").slice(1);
  let at = "";
  for (const name of names) at = content.find(`${at}/${name}`) ?? `${at}/${name}`;
  return at;
}

/** Writes them into a folder, as they shall lie in the image. */
export async function stageAdditions(
  additions: readonly Addition[],
  content: Pick<WimContent, "find">,
  folder: string,
): Promise<string[]> {
  const paths: string[] = [];
  for (const addition of additions) {
    const path = pathIn(content, addition.path);
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, addition.content);
    await utimes(place, SOURCE_DATE_EPOCH, SOURCE_DATE_EPOCH);
    paths.push(path);
  }
  return paths;
}
