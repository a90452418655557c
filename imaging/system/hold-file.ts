import { spawn } from "node:child_process";
import { hash } from "node:crypto";
import { closeSync, constants, fchmodSync, fstatSync, openSync, statSync, unlinkSync } from "node:fs";
import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { holdWindowsLock } from "#imaging/system/hold-windows.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** flock(1): what it ends with when another one holds the file. */
const BUSY_STATUS = 75;
/** The lock of a process that was killed just now is let go a moment later. */
const PATIENCE_SECONDS = "2";

/**
 * Holds a regular file for this process alone, as O_EXCL does a block device: flock(2), which Node lacks, by flock(1)
 * on a file that we have open. A lock belongs to the open file, so it ends with us, however we end.
 * @throws JOB_BUSY when another process holds it; CREATE_FAILED, TOOL_MISSING, TOOL_FAILED
 */
export const holdFile = async (path: string): Promise<AsyncDisposable> => hold(path, await lockFileOf(path));

/**
 * The same for the name of a file that need not exist, in a folder that does.
 * @throws CREATE_FAILED also when there is no such folder; JOB_BUSY, TOOL_MISSING, TOOL_FAILED
 */
export async function holdName(path: string): Promise<AsyncDisposable> {
  const folder = await lockFileOf(dirname(path)).catch((cause: Error) => {
    throw createError(path, cause);
  });
  return hold(path, `${folder}-${hash("sha256", basename(path)).slice(0, 16)}`);
}

async function hold(path: string, lock: string): Promise<AsyncDisposable> {
  if (process.platform === "win32") return await holdWindowsLock(lock, path);
  for (;;) {
    const fd = openLock(lock);
    try {
      await take(fd, path);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
    if (isAt(lock, fd)) return { [Symbol.asyncDispose]: async () => letGo(lock, fd) };
    // Whoever held it has removed it since we opened it: what we hold is nobody's lock any more.
    closeSync(fd);
  }
}

/** One that is there is never opened with O_CREAT: in a sticky folder the kernel refuses that for a file of another user. */
function openLock(lock: string): number {
  const found = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  for (;;) {
    try {
      return openSync(lock, found);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw createError(lock, cause);
    }
    try {
      const fd = openSync(lock, found | constants.O_CREAT | constants.O_EXCL, 0o644);
      fchmodSync(fd, 0o644); // whatever our umask is: other users have to lock it too
      return fd;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw createError(lock, cause);
    }
  }
}

/** Locks the open file that we and flock(1) share. */
async function take(fd: number, path: string): Promise<void> {
  const purpose = "keep two jobs from writing one file";
  const args = ["--timeout", PATIENCE_SECONDS, "--conflict-exit-code", String(BUSY_STATUS), "3"];
  const child = spawn("flock", args, { stdio: ["ignore", "ignore", "ignore", fd], env: TOOL_ENVIRONMENT });
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", (cause) => reject(new LifeboatError("TOOL_MISSING", { tool: "flock", purpose }, { cause })));
    child.on("close", (code) => resolve(code ?? -1));
  });
  if (status === BUSY_STATUS) throw new LifeboatError("JOB_BUSY", { device: path });
  if (status !== 0) throw new LifeboatError("TOOL_FAILED", { tool: "flock", status, output: path });
}

/** The name goes while the lock is held, so that nobody can be holding it under that name. */
function letGo(lock: string, fd: number): void {
  try {
    if (isAt(lock, fd)) unlinkSync(lock);
  } catch {
    // It is another user's, in a sticky folder: it stays, and is used again.
  }
  closeSync(fd);
}

function isAt(lock: string, fd: number): boolean {
  const [named, held] = [statSync(lock, { throwIfNoEntry: false }), fstatSync(fd)];
  return named?.ino === held.ino && named.dev === held.dev;
}

/** A file of its own: a lock on `path` itself would look like a program that uses it. All names of a file share it. */
async function lockFileOf(path: string): Promise<string> {
  const { dev, ino } = await stat(path);
  const folder = await stat("/run/lock").then(
    () => "/run/lock",
    () => tmpdir(),
  );
  return join(folder, `lifeboat-${dev}-${ino}`);
}
