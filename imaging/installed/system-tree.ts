import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { basename, join } from "node:path";

/** As Linux: a link that leads to itself, by however many others, ends somewhere (path_resolution(7)). */
const MOST_LINKS = 40;
/** Bytes of a file that is read whole. A registry hive has been seen with 300 MiB. */
const MOST_BYTES = 1 << 30;

/**
 * The files of an installed system, whose root is mounted in a folder. A path is one of that system's, with or without a
 * slash in front, and whatever is a link leads to a place in it, as it would for the system itself: what is on somebody's disk
 * must not make us read, or write, a file of this machine.
 */
export interface SystemTree {
  /** Where it is mounted. */
  readonly root: string;
  /**
   * Where a path leads: all links followed, and the last name need not be there, nor the folders before it.
   * @throws Error for links without end
   */
  resolve(path: string): Promise<string>;
  /** Undefined for what is no regular file, or not there. */
  read(path: string): Promise<Buffer | undefined>;
  text(path: string): Promise<string | undefined>;
  /** Names in a folder, sorted; none when it is not there. */
  list(path: string): Promise<string[]>;
  /** What is there, links followed. */
  kind(path: string): Promise<"file" | "folder" | "other" | undefined>;
  /** As resolve(), as a path of the system: "/usr/lib/os-release". */
  real(path: string): Promise<string>;
}

export interface TreeOptions {
  /** As Windows does: a name that is not there as it is written stands for one that differs in its case alone. */
  readonly ignoreCase?: boolean;
}

export function systemTree(root: string, { ignoreCase = false }: TreeOptions = {}): SystemTree {
  const resolve = async (path: string): Promise<string> => {
    const ahead = namesOf(path).reverse();
    const at: string[] = [];
    for (let links = 0; ahead.length > 0; ) {
      const name = ahead.pop() as string;
      if (name === "..") {
        at.pop();
        continue;
      }
      const found = ignoreCase ? await nameIn(join(root, ...at), name) : name;
      const target = await readlink(join(root, ...at, found)).catch(() => undefined);
      if (target === undefined) {
        at.push(found);
        continue;
      }
      if (++links > MOST_LINKS) throw new Error(`${path}: too many links`);
      if (target.startsWith("/")) at.length = 0;
      ahead.push(...namesOf(target).reverse());
    }
    return join(root, ...at);
  };
  const kind = async (path: string) => {
    const found = await lstat(await resolve(path)).catch(() => undefined);
    if (!found) return undefined;
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
  };
  const read = async (path: string) => {
    const place = await resolve(path);
    const found = await lstat(place).catch(() => undefined);
    return found?.isFile() && found.size <= MOST_BYTES ? await readFile(place) : undefined;
  };
  return {
    root,
    resolve,
    kind,
    read,
    text: async (path) => (await read(path))?.toString("utf8"),
    list: async (path) => (await readdir(await resolve(path)).catch((): string[] => [])).sort(),
    real: async (path) => (await resolve(path)).slice(root.length) || "/",
  };
}

const namesOf = (path: string): string[] => path.split("/").filter((name) => name !== "" && name !== ".");

/** The name as the folder has it; as it is written when there is none. */
async function nameIn(folder: string, name: string): Promise<string> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes(name)) return name;
  const low = name.toLowerCase();
  return names.find((one) => basename(one).toLowerCase() === low) ?? name;
}
