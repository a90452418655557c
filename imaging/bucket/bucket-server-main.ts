import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { BucketAnswerer } from "#imaging/bucket/answer-bucket.ts";
import { BlockReader } from "#imaging/bucket/block-reader.ts";
import { BucketTree } from "#imaging/bucket/bucket-tree.ts";
import { type BucketReply, BucketRequest } from "#imaging/bucket/bucket-wire.ts";
import { openS3Store } from "#imaging/bucket/s3-store.ts";
import { openError, StoreError } from "#imaging/bucket/store-error.ts";
import { WriteBudget } from "#imaging/bucket/write-budget.ts";
import { abortConnection } from "#imaging/explore/fuse/abort-connection.ts";
import { serveAtOnce } from "#imaging/explore/fuse/fuse-server.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/**
 * The program that shows a bucket as a folder, until nobody has its file of users open any more, or until it is
 * unmounted. It is one of its own because who uses the folder waits in system calls, and must never wait for its own
 * answers.
 */
/** Bytes of files that are being written, and of blocks that were read. */
const MOST_WRITTEN = 128 << 20;
const MOST_READ = 48 << 20;
/** Requests with data at once: a connection far away carries little alone. */
const SENDS = 4;
/** Nobody came: who started us was killed. */
const PATIENCE_MS = 60_000;
/** The kernel ends its side when the last mount has gone. */
const AFTERWARDS_MS = 1000;
/** Between two commands of one script the folder stays. */
const LINGER_MS = 300;

const say = (reply: BucketReply): void => void process.stdout.write(`${JSON.stringify(reply)}\n`);

// Who started us may be gone.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => {
  lines.close();
  serve(BucketRequest.parse(JSON.parse(line))).catch((error: unknown) => {
    if (!isLifeboatError(error)) throw error;
    say({ error: { code: error.code, details: error.details } });
    process.stdin.destroy();
  });
});

async function serve({ place, credentials, prefix, folder, ...how }: BucketRequest): Promise<void> {
  using store = openS3Store(place, credentials);
  await store.hasAny(prefix).catch((error: unknown) => {
    const endpoint = place.endpoint ?? "Amazon S3";
    throw error instanceof StoreError ? openError(error, place.bucket, endpoint) : error;
  });
  const budget = new WriteBudget(MOST_WRITTEN, SENDS);
  const reader = new BlockReader(store, MOST_READ);
  const unused = Promise.withResolvers<void>();
  let wake = unused.resolve;
  const tree = new BucketTree({ store, budget, reader }, () => wake(), how.root);
  // What fails is told to who asked, by its number. Faults of ours end us, with their stack on standard error.
  const onFault = (error: unknown) => {
    if (!(error instanceof StoreError) && !isLifeboatError(error)) process.stderr.write(`${(error as Error).stack}\n`);
  };
  const answerer = new BucketAnswerer(tree, onFault, () => store.hasAny(prefix));
  const { ended } = await serveAtOnce(answerer, store.name, folder, how);
  const device = (await readMountTable()).findLast(({ point }) => point === folder)?.device;
  say({ ready: true });
  let isMounted = true;
  void ended.finally(() => {
    isMounted = false;
    wake();
  });
  if (how.until === "unmounted") await ended;
  else await Promise.race([unused.promise, sleep(PATIENCE_MS, undefined, { ref: false })]);
  while (isMounted) {
    await sleep(LINGER_MS);
    // In use again, or by a program that is in it: then it stays.
    if (tree.users === 0 && (await unmounted(folder))) break;
    const next = Promise.withResolvers<void>();
    wake = next.resolve;
    await Promise.race([next.promise, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }
  await Promise.race([ended, sleep(AFTERWARDS_MS, undefined, { ref: false })]);
  // Whoever has mounts of their own since, such as a container, still has a copy of ours, and would keep us for ever.
  if (isMounted && device !== undefined) await abortConnection(device);
  await ended;
  await tree.drop();
  process.stdin.destroy();
}

const unmounted = (folder: string): Promise<boolean> =>
  runTool("umount", [folder], "take a bucket's folder away").then(
    () => true,
    (error: unknown) => {
      if (isLifeboatError(error, "TOOL_FAILED")) return false;
      throw error instanceof LifeboatError ? error : new LifeboatError("INTERNAL", { problem: String(error) });
    },
  );
