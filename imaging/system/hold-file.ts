import { spawn } from "node:child_process";
import { hash } from "node:crypto";
import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { createError } from "#imaging/system/file-errors.ts";

/** flock(1): what it ends with when another one holds the file. */
const BUSY_STATUS = 75;
/** The lock of a process that was killed just now is let go a moment later. */
const PATIENCE_SECONDS = "2";

/**
 * Holds a regular file for this process alone, as O_EXCL does a block device: flock(2), which Node lacks, by
 * flock(1). It ends with us, however we end: `cat` reads from us until then.
 * @throws JOB_BUSY when another process holds it; TOOL_MISSING, TOOL_FAILED
 */
export const holdFile = async (path: string): Promise<AsyncDisposable> => hold(path, await lockFileOf(path));

/**
 * The same for the name of a file that need not exist, in a folder that does.
 * @throws CREATE_FAILED when there is no such folder; JOB_BUSY, TOOL_MISSING, TOOL_FAILED
 */
export async function holdName(path: string): Promise<AsyncDisposable> {
  const folder = await lockFileOf(dirname(path)).catch((cause: Error) => {
    throw createError(path, cause);
  });
  return hold(path, `${folder}-${hash("sha256", basename(path)).slice(0, 16)}`);
}

async function hold(path: string, lock: string): Promise<AsyncDisposable> {
  const purpose = "keep two jobs from writing one file";
  const child = spawn(
    "flock",
    ["--timeout", PATIENCE_SECONDS, "--conflict-exit-code", String(BUSY_STATUS), lock, "cat"],
    // In a group of its own: Ctrl+C ends a terminal's whole group, and the lock must outlast us as we tidy up.
    { stdio: ["pipe", "pipe", "ignore"], detached: true },
  );
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? -1));
  });
  child.stdin.on("error", () => {}); // it ended; `ended` tells
  child.stdin.write("held\n");
  const held = new Promise<"held">((resolve) => child.stdout.once("data", () => resolve("held")));
  const outcome = await Promise.race([held, ended]).catch((cause: unknown) => {
    throw new LifeboatError("TOOL_MISSING", { tool: "flock", purpose }, { cause });
  });
  if (outcome === BUSY_STATUS) throw new LifeboatError("JOB_BUSY", { device: path });
  if (outcome !== "held") throw new LifeboatError("TOOL_FAILED", { tool: "flock", status: outcome, output: path });
  return {
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}

/** A file of its own: a lock on `path` itself would look like a program that uses it. All names of a file share it. */
async function lockFileOf(path: string): Promise<string> {
  const { dev, ino } = await stat(path);
  const folder = await stat("/run/lock").then(
    () => "/run/lock",
    () => tmpdir(),
  );
  return `${folder}/lifeboat-${dev}-${ino}`;
}
