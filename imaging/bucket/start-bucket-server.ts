import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, rmdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type ErrorCode, type ErrorDetails, LifeboatError } from "#base/errors.ts";
import { BucketReply, type BucketRequest } from "#imaging/bucket/bucket-wire.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** Beside this file, or beside the bundle that this is a part of. */
const MAIN = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "bucket-server-main.ts" : "bucket-server.js", import.meta.url),
);

/**
 * Starts the program that shows a bucket at a folder, and returns it when the folder can be used. It outlives us.
 * @param environment AWS_PROFILE, HTTPS_PROXY and the like
 * @throws BUCKET_NOT_FOUND, BUCKET_DENIED, BUCKET_CREDENTIALS_MISSING, BUCKET_CLOCK_WRONG, BUCKET_UNREACHABLE,
 * BUCKET_FAILED, FUSE_UNAVAILABLE, EXPLORE_MOUNT_FAILED, CREATE_FAILED
 */
export async function startBucketServer(
  request: BucketRequest,
  environment: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const { folder } = request;
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw createError(folder, cause);
  });
  // Ctrl+C is for us alone.
  const child = spawn(process.execPath, [MAIN], {
    ...{ detached: true, stdio: ["pipe", "pipe", "pipe"], cwd: "/" },
    env: { ...environment, ...TOOL_ENVIRONMENT },
  });
  try {
    await readiness(child, request);
    return child;
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
