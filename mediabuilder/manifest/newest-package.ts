import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Packages bring these; what is elsewhere their scripts may have changed, today. */
const UNPACKED = /^\/(?:usr|boot)\//;

/**
 * When the newest package of a Debian root was made: files are dated by dpkg as their package has them, the latest as its changelog.
 * Not when the root was made: the same packages are to give the same medium on any day.
 * @param root as dpkg left it, with its database
 */
export async function newestPackage(root: string): Promise<Date> {
  const database = join(root, "var/lib/dpkg/info");
  const lists = (await readdir(database)).filter((name) => name.endsWith(".list"));
  let newest = 0;
  for (const list of lists) {
    const paths = (await readFile(join(database, list), "utf8")).split("\n").filter((path) => UNPACKED.test(path));
    // A folder is dated by what was made in it; documentation was never unpacked.
    const found = await Promise.all(paths.map((path) => lstat(join(root, path)).catch(() => undefined)));
    newest = Math.max(newest, ...found.map((one) => (one?.isFile() ? one.mtimeMs : 0)));
  }
  if (newest === 0) throw new Error(`${root} has no files of Debian packages`);
  return new Date(newest);
}
