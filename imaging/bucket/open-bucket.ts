import { mkdir, open, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError } from "#base/errors.ts";
import type { BucketPlace } from "#base/medium/bucket.ts";
import { bucketFolderName, type Credentials } from "#imaging/bucket/bucket-place.ts";
import { type BucketRequest, USERS_NAME } from "#imaging/bucket/bucket-wire.ts";
import { BUCKETS_ROOT } from "#imaging/bucket/buckets-root.ts";
import { startBucketServer } from "#imaging/bucket/start-bucket-server.ts";
import { storeWritten } from "#imaging/bucket/store-written.ts";
import { detachImage, isExplored } from "#imaging/explore/detach.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { holdName } from "#imaging/system/hold-file.ts";

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
    ...{ place, prefix: options.prefix, folder, root: "", until: "unused", readOnly: false },
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
        await storeWritten(users, folder);
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
  const child = await startBucketServer(request, environment);
  try {
    const users = await open(join(request.folder, USERS_NAME), "r");
    child.once("exit", onGone);
    return users;
  } catch (error) {
    child.kill();
    await rmdir(request.folder).catch(() => {});
    throw error;
  }
}
