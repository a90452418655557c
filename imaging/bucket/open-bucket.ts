import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type ErrorCode, type ErrorDetails, isLifeboatError, LifeboatError } from "#base/errors.ts";
import { type BucketPlace, bucketFolderName, type Credentials } from "#imaging/bucket/bucket-place.ts";
import { BucketReply, type BucketRequest, USERS_NAME } from "#imaging/bucket/bucket-wire.ts";
import { BUCKETS_ROOT } from "#imaging/bucket/buckets-root.ts";
import { detachImage, isExplored } from "#imaging/explore/detach.ts";
import { errnoReason } from "#imaging/system/errno.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { holdName } from "#imaging/system/hold-file.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** Beside this file, or beside the bundle that this is a part of. */
const MAIN = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "bucket-server-main.ts" : "bucket-server.js", import.meta.url),
);
/** Another process opens the same bucket, or has just left it. */
const ATTEMPTS = 20;
const PAUSE_MS = 500;

export interface OpenBucketOptions {
  /** Absent: from the environment, AWS' files, or the machine's role. */
  readonly credentials?: Credentials | undefined;
  /** What will be used of it: the bucket is listed there to see whether it opens. */
  readonly prefix: string;
  /** For the program that shows it: AWS_PROFILE, HTTPS_PROXY and the like. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface OpenBucket extends AsyncDisposable {
  readonly folder: string;
}

/**
 * Shows a bucket as a folder until it is disposed of, which stores what was written first. Processes that open the same
 * one share it: its path is always the same.
 * @throws BUCKET_NOT_FOUND, BUCKET_DENIED, BUCKET_CREDENTIALS_MISSING, BUCKET_CLOCK_WRONG, BUCKET_UNREACHABLE,
 * BUCKET_FAILED, FUSE_UNAVAILABLE, EXPLORE_MOUNT_FAILED, CREATE_FAILED; on disposal WRITE_FAILED
 */
export async function openBucket(place: BucketPlace, options: OpenBucketOptions): Promise<OpenBucket> {
  const folder = join(BUCKETS_ROOT, bucketFolderName(place));
  const request: BucketRequest = {
    ...{ place, prefix: options.prefix, folder },
    ...(options.credentials && { credentials: options.credentials }),
  };
  let isOver = false;
  const enterAnew = () => enter(request, options.environment, () => void again());
  let users = await enterAnew();
  // Our server was killed: a job that waits finds the folder again.
  const again = async () => {
    while (!isOver) {
      await sleep(PAUSE_MS);
      const entered = await enterAnew().catch(() => undefined);
      if (!entered) continue;
      await users.close().catch(() => {});
      users = entered;
      return;
    }
  };
  return {
    folder,
    async [Symbol.asyncDispose]() {
      isOver = true;
      try {
        await users.sync();
      } catch (cause) {
        const details = { device: folder, offset: 0, reason: errnoReason(cause) };
        throw new LifeboatError("WRITE_FAILED", details, { cause });
      } finally {
        await users.close().catch(() => {});
      }
    },
  };
}

type Users = Awaited<ReturnType<typeof open>>;

/** @returns the open file of users */
async function enter(
  request: BucketRequest,
  environment: OpenBucketOptions["environment"],
  onGone: () => void,
): Promise<Users> {
  const { folder } = request;
  await mkdir(BUCKETS_ROOT, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw createError(BUCKETS_ROOT, cause);
  });
  for (let attempt = 1; ; attempt++)
    try {
      await using _hold = await holdName(folder);
      return (await openUsers(folder)) ?? (await start(request, environment, onGone));
    } catch (error) {
      if (!isLifeboatError(error, "JOB_BUSY") || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
}

/** @returns undefined when it is not shown */
async function openUsers(folder: string): Promise<Users | undefined> {
  if (!(await isExplored(folder))) return undefined;
  const users = await open(join(folder, USERS_NAME), "r").catch(() => undefined);
  // One whose server is gone answers nothing any more.
  if (!users && (await isExplored(folder)))
    await detachImage(folder, { force: true }).catch((error: unknown) => {
      if (!isLifeboatError(error, "NOT_MOUNTED")) throw error; // it has just gone by itself
    });
  return users;
}

async function start(
  request: BucketRequest,
  environment: OpenBucketOptions["environment"],
  onGone: () => void,
): Promise<Users> {
  const { folder } = request;
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw createError(folder, cause);
  });
  // It outlives us where others use the bucket too; Ctrl+C is for us alone.
  const child = spawn(process.execPath, [MAIN], {
    ...{ detached: true, stdio: ["pipe", "pipe", "pipe"], cwd: "/" },
    env: { ...environment, ...TOOL_ENVIRONMENT },
  });
  try {
    await readiness(child, request);
    const users = await open(join(folder, USERS_NAME), "r");
    child.once("exit", onGone);
    return users;
  } catch (error) {
    child.kill();
    await rmdir(folder).catch(() => {});
    throw error;
  } finally {
    child.unref();
    for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.destroy();
  }
}

async function readiness(child: ChildProcess, request: BucketRequest): Promise<void> {
  let complaint = "";
  child.stderr?.on("data", (data: Buffer) => {
    complaint += data.toString();
  });
  child.stdin?.on("error", () => {}); // it ended before it read all
  child.stdin?.write(`${JSON.stringify(request)}\n`);
  if (!child.stdout) throw new Error("a program without standard output");
  for await (const line of createInterface({ input: child.stdout })) {
    const reply = BucketReply.parse(JSON.parse(line));
    if ("ready" in reply) return;
    throw new LifeboatError(reply.error.code as ErrorCode, reply.error.details as ErrorDetails<ErrorCode>);
  }
  throw new Error(`the program that shows a bucket ended without a word: ${complaint.trim()}`);
}
