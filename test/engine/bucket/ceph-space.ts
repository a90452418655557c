import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BUCKETS_ROOT } from "#imaging/bucket/buckets-root.ts";
import { openS3Store } from "#imaging/bucket/s3-store.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { errorOf, type RunningCommand, startLifeboatWith } from "#test/engine/image/command.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { type CephGateway, startCeph } from "#test/fixtures/ceph.ts";

/** Ceph's gateway, a bucket in it, and commands that have its access key in their environment. */
export interface CephSpace extends AsyncDisposable {
  readonly ceph: CephGateway;
  readonly files: Workspace;
  readonly bucket: string;
  /** The bucket, past everything that is tested. */
  readonly store: ReturnType<typeof openS3Store>;
  start(...args: string[]): RunningCommand;
  /** Runs a command that must succeed, and returns what it printed with --json. */
  json<T>(...args: string[]): Promise<T>;
  /** The error of one that must not. */
  error(...args: string[]): ReturnType<typeof errorOf> | Promise<ReturnType<typeof errorOf>>;
  /** Keys below a prefix, and their sizes. */
  keys(prefix: string): Promise<string[]>;
  sizes(prefix: string): Promise<Record<string, number>>;
}

export async function openCephSpace(): Promise<CephSpace> {
  await using stack = new AsyncDisposableStack();
  const ceph = stack.use(await startCeph());
  const files = stack.use(await openWorkspace());
  const bucket = await ceph.newBucket();
  const store = stack.use(openS3Store({ bucket, endpoint: ceph.endpoint }, ceph.credentials));
  const { accessKeyId, secretAccessKey } = ceph.credentials;
  const variables = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const start = (...args: string[]) =>
    startLifeboatWith({ ...variables, AWS_ENDPOINT_URL_S3: ceph.endpoint }, ...args, "--json");
  const sizes = async (prefix: string): Promise<Record<string, number>> => {
    const { objects, folders } = await store.list(prefix);
    const below = await Promise.all([...folders].map((name) => sizes(`${prefix}${name}/`)));
    const own = [...objects].map(([name, { size }]) => [prefix + name, size] as const);
    return Object.assign({}, Object.fromEntries(own), ...below);
  };
  const keys = async (prefix: string) => Object.keys(await sizes(prefix));
  const all = stack.move();
  return {
    ...{ ceph, files, bucket, store, start, keys, sizes },
    async json<T>(...args: string[]) {
      const { status, stdout, stderr } = await start(...args).result;
      if (status !== 0) throw new Error(`lifeboat ${args.join(" ")} ended with ${status}: ${stderr}`);
      return JSON.parse(stdout) as T;
    },
    error: async (...args: string[]) => errorOf(await start(...args).result, args),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Buckets that are shown now. Their servers go a moment after the last command that used them. */
export const bucketMounts = async (): Promise<string[]> =>
  (await readMountTable()).map(({ point }) => point).filter((point) => point.startsWith(join(BUCKETS_ROOT, "/")));

/** Waits for something that happens elsewhere. */
export async function until(happened: () => Promise<boolean>): Promise<void> {
  while (!(await happened())) await sleep(50);
}
