import { readFile, stat } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";

/** A list of ten thousand machines has some 2 MiB; somebody's disk image might be named by mistake. */
const MOST_BYTES = 64 << 20;

/** @param file "-" is standard input @throws OPEN_FAILED */
export async function readListFile(file: string): Promise<string> {
  try {
    if (file !== "-" && (await stat(file)).size > MOST_BYTES)
      throw new Error("more than 64 MiB are no list of machines");
    return await readFile(file === "-" ? "/dev/stdin" : file, "utf8");
  } catch (cause) {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: (cause as Error).message }, { cause });
  }
}
