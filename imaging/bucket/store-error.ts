import { LifeboatError } from "#base/errors.ts";

/** The system's errors that a bucket's faults are shown as to who uses its files (errno(3)). */
export const STORE_ERRNO = {
  ENOENT: 2,
  EIO: 5,
  EACCES: 13,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EFBIG: 27,
  ENOSPC: 28,
  EROFS: 30,
  ENOTEMPTY: 39,
  EPROTO: 71,
  EHOSTDOWN: 112,
  ESTALE: 116,
  EREMOTEIO: 121,
} as const;
export type StoreErrno = keyof typeof STORE_ERRNO;

/** Why a request to object storage failed. `code` is such that a job waits for what can come back, and for nothing else. */
export class StoreError extends Error {
  readonly code: StoreErrno;
  /** S3's own word: "NoSuchBucket"; "" where no server answered. */
  readonly s3: string;

  constructor(code: StoreErrno, s3: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.s3 = s3;
  }
}

const BY_NAME: Readonly<Record<string, StoreErrno>> = {
  NoSuchBucket: "ENODEV",
  NoSuchKey: "ENOENT",
  NotFound: "ENOENT",
  NoSuchUpload: "ESTALE",
  PreconditionFailed: "ESTALE",
  ConditionalRequestConflict: "EEXIST",
  AccessDenied: "EACCES",
  InvalidAccessKeyId: "EACCES",
  SignatureDoesNotMatch: "EACCES",
  ExpiredToken: "EACCES",
  RequestTimeTooSkewed: "EACCES",
  CredentialsProviderError: "EACCES",
  QuotaExceeded: "ENOSPC",
  EntityTooLarge: "EFBIG",
};

/** @param thrown what the SDK threw */
export function storeError(thrown: unknown): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const error = thrown as Error & { Code?: string; code?: string; $metadata?: { httpStatusCode?: number } };
  const status = error.$metadata?.httpStatusCode;
  const name = error.Code ?? error.name;
  // Servers put a whole page into some messages, and the SDK "UnknownError" into others.
  const said = error.message && error.message !== "UnknownError" ? error.message.slice(0, 300) : name;
  const known = BY_NAME[name];
  if (known) return new StoreError(known, name, said === name ? name : `${name}: ${said}`, { cause: thrown });
  if (status === undefined) return new StoreError("EHOSTDOWN", "", reasonOf(error), { cause: thrown });
  if (status === 403 || status === 401) return new StoreError("EACCES", name, said, { cause: thrown });
  const code = status >= 500 || status === 429 ? "EREMOTEIO" : "EIO";
  return new StoreError(code, name, `${name} (status ${status})`, { cause: thrown });
}

/** "connect ECONNREFUSED 127.0.0.1:7480": of several addresses that were tried, the last one. */
const reasonOf = (error: Error): string => {
  const inner = error instanceof AggregateError ? (error.errors.at(-1) as Error | undefined) : undefined;
  return (inner ?? error).message || error.name;
};

/** What keeps a bucket from being opened, as people are told it. */
export function openError(error: StoreError, bucket: string, endpoint: string): LifeboatError {
  const options = { cause: error };
  if (error.s3 === "NoSuchBucket" || error.s3 === "NotFound")
    return new LifeboatError("BUCKET_NOT_FOUND", { bucket, endpoint }, options);
  if (error.s3 === "RequestTimeTooSkewed") return new LifeboatError("BUCKET_CLOCK_WRONG", { endpoint }, options);
  const reason = error.message;
  if (error.s3 === "CredentialsProviderError")
    return new LifeboatError("BUCKET_CREDENTIALS_MISSING", { bucket, reason }, options);
  if (error.code === "EACCES") return new LifeboatError("BUCKET_DENIED", { bucket, endpoint, reason }, options);
  if (error.code === "EHOSTDOWN") return new LifeboatError("BUCKET_UNREACHABLE", { endpoint, reason }, options);
  return new LifeboatError("BUCKET_FAILED", { bucket, endpoint, reason }, options);
}
