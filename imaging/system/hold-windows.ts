import { constants } from "node:fs";
import { open, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { LifeboatError } from "#base/errors.ts";
import { createError } from "#imaging/system/file-errors.ts";

/** libuv's UV_FS_O_EXLOCK: on Windows a file that is opened with it is shared with nobody (libuv, fs.c, uv_fs_open). */
const SHARED_WITH_NOBODY = 0x1000_0000;
/** What that looks like to others: ERROR_SHARING_VIOLATION. */
const BUSY = ["EBUSY", "EPERM", "EACCES"];
const PATIENCE_MS = 2000;
const POLL_MS = 100;

/** Holds a lock file for this process alone, as flock(2) does elsewhere; it is let go when the process ends, however it does. */
export async function holdWindowsLock(lock: string, path: string): Promise<AsyncDisposable> {
  const flags = constants.O_RDWR | constants.O_CREAT | SHARED_WITH_NOBODY;
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const file = await open(lock, flags, 0o644);
      return {
        async [Symbol.asyncDispose]() {
          await file.close();
          await rm(lock, { force: true }).catch(() => {}); // another one holds it by now
        },
      };
    } catch (cause) {
      if (!BUSY.includes((cause as NodeJS.ErrnoException).code ?? "")) throw createError(lock, cause);
      if (performance.now() >= until) throw new LifeboatError("JOB_BUSY", { device: path }, { cause });
    }
    await sleep(POLL_MS);
  }
}
