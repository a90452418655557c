import { readdir, stat } from "node:fs/promises";

/** Whether a process on this machine has the file open (proc(5), /proc/pid/fd). Other machines on a share are not seen. */
export async function isOpen(path: string): Promise<boolean> {
  const wanted = await stat(path);
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    // Processes end, and belong to others, while we look.
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const found = await stat(`/proc/${pid}/fd/${fd}`).catch(() => undefined);
      if (found?.ino === wanted.ino && found.dev === wanted.dev) return true;
    }
  }
  return false;
}
