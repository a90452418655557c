import type { Command } from "commander";
import { BUCKETS_ROOT } from "#imaging/bucket/buckets-root.ts";

export const BUCKET_OPTIONS = {
  endpoint: "--s3-endpoint",
  region: "--s3-region",
  credentials: "--s3-credentials",
  pathStyle: "--s3-path-style",
} as const;

/** They count for the whole command line; `openNamedBuckets` reads them. */
export const addBucketOptions = (program: Command): Command =>
  program
    .option(
      `${BUCKET_OPTIONS.endpoint} <url>`,
      "server of s3://BUCKET/FOLDER, which can stand for any folder; default: Amazon's",
    )
    .option(`${BUCKET_OPTIONS.region} <name>`, "its region")
    .option(
      `${BUCKET_OPTIONS.credentials} <file>`,
      "its access key, as in AWS' credentials file; default: AWS' own ways",
    )
    .option(BUCKET_OPTIONS.pathStyle, "its buckets' names stand in the path; so they do where --s3-endpoint is given");

/** Whether a command line may name a bucket, in its words or in the job or the plan that it goes on with. */
export const mayNameBucket = (words: readonly string[]): boolean =>
  ["run", "resume"].includes(words[0] ?? "") ||
  words.some((word) => /^(--[\w-]+=)?s3:\/\//i.test(word) || word.includes(`${BUCKETS_ROOT}/`));
