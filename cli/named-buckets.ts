import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { BucketPlace } from "#base/medium/bucket.ts";
import { BUCKET_OPTIONS } from "#cli/bucket-options.ts";
import { credentialsIn } from "#cli/credentials-file.ts";
import { readTextFile } from "#cli/password-input.ts";
import { bucketFolderName, parseBucketAddress } from "#imaging/bucket/bucket-place.ts";
import { BUCKETS_ROOT } from "#imaging/bucket/buckets-root.ts";
import { type OpenBucket, openBucket } from "#imaging/bucket/open-bucket.ts";
import { writeAtomically } from "#imaging/job/write-atomically.ts";

/** How a bucket was opened, so that a job or a plan that names its folder goes on without the options. Nothing secret. */
const KeptBucket = z.strictObject({ place: BucketPlace, credentialsFile: z.string().optional() });
type KeptBucket = z.infer<typeof KeptBucket>;

export interface NamedBuckets {
  /** The command line, with folders in place of addresses. */
  readonly words: string[];
  /** Stores what was written, and lets go of the buckets. @throws WRITE_FAILED */
  end(): Promise<void>;
}

interface StateFolders {
  /** Where is noted how buckets were opened. */
  readonly kept: string;
  /** Of the JobStore. */
  readonly jobs: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Shows all buckets that a command line names: as s3://BUCKET/KEY, by a path below the folder of buckets, or in the job or
 * the plan that it goes on with. @throws USAGE, what openBucket throws
 */
export async function openNamedBuckets(
  words: readonly string[],
  variables: Variables,
  { kept, jobs }: StateFolders,
): Promise<NamedBuckets> {
  const opened = new Map<string, OpenBucket>();
  await using stack = new AsyncDisposableStack();
  const show = async (bucket: KeptBucket, key: string): Promise<string> => {
    const name = bucketFolderName(bucket.place);
    const shown = opened.get(name) ?? stack.use(await open(bucket, key, variables));
    opened.set(name, shown);
    return join(shown.folder, key);
  };
  const changed: string[] = [];
  for (const word of words) {
    const [, option = "", text = word] = /^(--[\w-]+=)?(.*)$/s.exec(word) ?? [];
    const address = parseBucketAddress(text);
    if (address) {
      const bucket = { ...wishOf(words, variables, address.bucket) };
      changed.push(`${option}${await show(bucket, address.key)}`);
      await keep(kept, bucket);
    } else changed.push(word);
  }
  for (const { name, key } of await pathsIn(words, jobs)) {
    const bucket = opened.has(name) ? undefined : await recall(kept, name);
    if (bucket) await show(bucket, key);
  }
  const all = stack.move();
  return { words: changed, end: () => all.disposeAsync() };
}

async function open({ place, credentialsFile }: KeptBucket, key: string, variables: Variables): Promise<OpenBucket> {
  const file = credentialsFile === undefined ? undefined : await readTextFile(credentialsFile);
  const credentials = file === undefined ? undefined : credentialsIn(file, variables["AWS_PROFILE"] ?? "default");
  if (file !== undefined && !credentials) {
    const reason = `${credentialsFile} has no aws_access_key_id and aws_secret_access_key`;
    throw new LifeboatError("BUCKET_CREDENTIALS_MISSING", { bucket: place.bucket, reason });
  }
  const prefix = /\.\w+$/.test(key) ? key : key && `${key}/`;
  return await openBucket(place, { credentials, prefix, environment: environmentOf(variables) });
}

/** What the client of object storage looks for, and nothing of ours: LIFEBOAT_PASSWORD is not its business. */
const environmentOf = (variables: Variables): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value !== undefined && /^(AWS_|NODE_|SSL_CERT_|HOME$|HTTPS?_PROXY$|NO_PROXY$)/i.test(name) ? [[name, value]] : [],
    ),
  );

function wishOf(words: readonly string[], variables: Variables, bucket: string): KeptBucket {
  const endpoint =
    optionOf(words, BUCKET_OPTIONS.endpoint) ?? variables["AWS_ENDPOINT_URL_S3"] ?? variables["AWS_ENDPOINT_URL"];
  const region = optionOf(words, BUCKET_OPTIONS.region) ?? variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"];
  const credentialsFile = optionOf(words, BUCKET_OPTIONS.credentials);
  const place = BucketPlace.safeParse({
    bucket,
    ...(endpoint && { endpoint: endpoint.replace(/\/+$/, "") }),
    ...(region && { region }),
    ...(words.includes(BUCKET_OPTIONS.pathStyle) && { pathStyle: true }),
  });
  const [issue] = place.error?.issues ?? [];
  if (!place.data) throw new LifeboatError("USAGE", { problem: `${issue?.path.join(".")}: ${issue?.message}` });
  return { place: place.data, ...(credentialsFile !== undefined && { credentialsFile: resolve(credentialsFile) }) };
}

function optionOf(words: readonly string[], option: string): string | undefined {
  const at = words.findIndex((word) => word === option || word.startsWith(`${option}=`));
  if (at < 0) return undefined;
  return words[at] === option ? words[at + 1] : words[at]?.slice(option.length + 1);
}

/** Folders of buckets in the words themselves, in a plan that is to be run, and in a job that is to go on. */
async function pathsIn(words: readonly string[], jobs: string): Promise<{ name: string; key: string }[]> {
  const [verb, ...rest] = words;
  const read = (path: string) => readFile(path, "utf8").catch(() => "");
  const files =
    verb === "run" ? rest : verb === "resume" ? rest.map((id) => join(jobs, `${id.replaceAll("/", "")}.json`)) : [];
  const texts = [...words, ...(await Promise.all(files.map(read)))];
  const pattern = new RegExp(`${BUCKETS_ROOT}/([^/"\\s]+)(?:/([^"\\n]*))?`, "g");
  return texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = "", key = ""]) => ({ name, key })));
}

async function keep(folder: string, bucket: KeptBucket): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeAtomically(join(folder, `${bucketFolderName(bucket.place)}.json`), JSON.stringify(bucket));
  } catch {
    // A read-only system can still use the bucket; what goes on later needs the options again.
  }
}

const recall = (folder: string, name: string): Promise<KeptBucket | undefined> =>
  readFile(join(folder, `${name}.json`), "utf8").then(
    (text) => KeptBucket.parse(JSON.parse(text)),
    () => undefined,
  );
