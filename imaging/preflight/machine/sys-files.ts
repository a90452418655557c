import { readdir, readFile, readlink, realpath } from "node:fs/promises";
import { basename, join } from "node:path";

/** /sys and /proc, or a recording of them. What is not there is undefined: drivers come and go, and firmware says what it likes. */
export interface SysFiles {
  bytes(path: string): Promise<Buffer | undefined>;
  /** Without white space at its ends; undefined for nothing too. */
  text(path: string): Promise<string | undefined>;
  list(path: string): Promise<string[]>;
  /** The last name of what a link leads to: "ahci" of ".../driver". */
  linked(path: string): Promise<string | undefined>;
  /** Where a link leads, below the root: "/sys/devices/pci0000:00/...". */
  real(path: string): Promise<string | undefined>;
}

/** @param root a folder in which `sys` and `proc` lie: "/" */
export function sysFiles(root: string): SysFiles {
  const bytes = (path: string) => readFile(join(root, path)).catch(() => undefined);
  const real = async (path: string) => {
    const top = await realpath(root);
    const place = await realpath(join(root, path)).catch(() => undefined);
    return place === undefined ? undefined : place.slice(top === "/" ? 0 : top.length);
  };
  return {
    bytes,
    text: async (path) => (await bytes(path))?.toString("utf8").replaceAll("\0", "").trim() || undefined,
    list: async (path) => (await readdir(join(root, path)).catch((): string[] => [])).sort(),
    linked: async (path) => {
      const to = await readlink(join(root, path)).catch(() => undefined);
      return to === undefined ? undefined : basename(to);
    },
    real,
  };
}
