import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

const NOT_OPENED = "The bucket was not opened. Images and disks are as they were.";

/** Buckets of S3-compatible object storage: what keeps one from being opened. */
export const bucketErrors = {
  BUCKET_NOT_FOUND: entry<{ bucket: string; endpoint: string }>(
    404,
    5,
    (d) => `${d.endpoint} has no bucket ${d.bucket}`,
    NOTHING_WRITTEN,
    "Check the bucket's name and the server (`--s3-endpoint`), or make the bucket there.",
  ),
  BUCKET_DENIED: entry<{ bucket: string; endpoint: string; reason: string }>(
    403,
    7,
    (d) => `${d.endpoint} does not let this user into the bucket ${d.bucket}: ${d.reason}`,
    NOT_OPENED,
    "Check the access key and its secret. The user needs the rights to list, read, write and delete objects, and to list and abort uploads.",
  ),
  BUCKET_CREDENTIALS_MISSING: entry<{ bucket: string; reason: string }>(
    401,
    2,
    (d) => `there is no access key for the bucket ${d.bucket}: ${d.reason}`,
    NOT_OPENED,
    "Put it into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, into AWS' own files, or into a file that `--s3-credentials` names.",
  ),
  BUCKET_CLOCK_WRONG: entry<{ endpoint: string }>(
    409,
    3,
    (d) => `${d.endpoint} refuses requests of this computer, because its clock is wrong`,
    NOT_OPENED,
    "Set the clock: on the rescue system `lifeboat clock`.",
  ),
  BUCKET_UNREACHABLE: entry<{ endpoint: string; reason: string }>(
    502,
    6,
    (d) => `${d.endpoint} does not answer: ${d.reason}`,
    NOT_OPENED,
    "Check the address, that this computer has a connection to the network, and that the server runs.",
  ),
  BUCKET_FAILED: entry<{ bucket: string; endpoint: string; reason: string }>(
    502,
    6,
    (d) => `${d.endpoint}, bucket ${d.bucket}: ${d.reason}`,
    NOT_OPENED,
    "Read the reason, and look into the server's own log. A wrong region (`--s3-region`) shows like this too.",
  ),
} as const;
