import { readdir, readFile, stat } from "node:fs/promises";

export interface OpenQuery {
  /** A process that does not count: our own, which may look at the file itself. */
  readonly except?: number;
  /** Only those count that may write to it. */
  readonly writes?: boolean;
}

/**
 * Whether a process on this machine has the file open (proc(5), /proc/pid/fd). Other machines on a share are not seen; nor is anybody
 * on a system without /proc, such as Windows.
 */
export async function isOpen(path: string, { except, writes = false }: OpenQuery = {}): Promise<boolean> {
  const wanted = await stat(path);
  for (const pid of (await readdir("/proc").catch(() => [])).filter(
    (name) => /^\d+$/.test(name) && Number(name) !== except,
  )) {
    // Processes end, and belong to others, while we look.
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const found = await stat(`/proc/${pid}/fd/${fd}`).catch(() => undefined);
      const isSame = found?.ino === wanted.ino && found.dev === wanted.dev;
      if (isSame && (!writes || (await mayWrite(pid, fd)))) return true;
    }
  }
  return false;
}

/** proc(5), /proc/pid/fdinfo: the flags of open(2) in octal; the lowest two bits are 0 for reading only. */
async function mayWrite(pid: string, fd: string): Promise<boolean> {
  const info = await readFile(`/proc/${pid}/fdinfo/${fd}`, "utf8").catch(() => "");
  const flags = /^flags:\s*([0-7]+)/m.exec(info)?.[1];
  return flags === undefined || (Number.parseInt(flags, 8) & 3) !== 0;
}
