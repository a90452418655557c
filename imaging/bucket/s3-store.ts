import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import type { BucketPlace } from "#base/medium/bucket.ts";
import type { Credentials } from "#imaging/bucket/bucket-place.ts";
import type {
  Listing,
  ObjectStore,
  PutCondition,
  StoredObject,
  UnfinishedUpload,
} from "#imaging/bucket/object-store.ts";
import { StoreError, storeError } from "#imaging/bucket/store-error.ts";

/** With pauses that double up to 20 seconds. What fails then is an error, which a job waits for as for a share. */
const ATTEMPTS = 4;
const CONNECT_MS = 10_000;
/** A server that says nothing for so long is gone. */
const SILENT_MS = 30_000;
/** CopyObject takes no more. */
const MOST_COPY = 5 * 2 ** 30;
const COPY_PART = 2 ** 30;

/**
 * A bucket by the official client. What is sent carries its MD5, which every server checks before it stores it; the
 * newer checksums of S3 are asked for by no request, since older servers refuse them.
 * @param credentials absent: from the environment, AWS' files, or the machine's role, as the client finds them
 */
export function openS3Store(place: BucketPlace, credentials?: Credentials): ObjectStore & Disposable {
  const { bucket: Bucket, endpoint, region, pathStyle } = place;
  const client = new S3Client({
    ...(endpoint !== undefined && { endpoint }),
    // A server of one's own seldom has regions, but every signature names one.
    ...(region !== undefined ? { region } : endpoint !== undefined && { region: "us-east-1" }),
    ...(credentials && { credentials: plainCredentials(credentials) }),
    forcePathStyle: pathStyle ?? endpoint !== undefined,
    maxAttempts: ATTEMPTS,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: SILENT_MS, throwOnRequestTimeout: true },
  });
  const sourceOf = (key: string) => `${Bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;

  let conditions: Conditions = "quoted";
  const store: ObjectStore = {
    name: `s3://${Bucket}`,
    async head(Key) {
      try {
        const {
          ContentLength = 0,
          LastModified,
          ETag = "",
        } = await told(client.send(new HeadObjectCommand({ Bucket, Key })));
        return { size: ContentLength, modified: LastModified?.getTime() ?? 0, etag: ETag };
      } catch (error) {
        // A HEAD has no body that could tell a missing bucket.
        if (error instanceof StoreError && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
    async list(Prefix) {
      const objects = new Map<string, StoredObject>();
      const folders = new Set<string>();
      for (let ContinuationToken: string | undefined; ; ) {
        const page = await told(
          client.send(new ListObjectsV2Command({ Bucket, Prefix, Delimiter: "/", ContinuationToken })),
        );
        for (const { Key = "", Size = 0, LastModified, ETag = "" } of page.Contents ?? [])
          if (Key !== Prefix)
            objects.set(Key.slice(Prefix.length), { size: Size, modified: LastModified?.getTime() ?? 0, etag: ETag });
        for (const common of page.CommonPrefixes ?? []) folders.add((common.Prefix ?? "").slice(Prefix.length, -1));
        if (!page.IsTruncated || page.NextContinuationToken === undefined) break;
        ContinuationToken = page.NextContinuationToken;
      }
      return { objects, folders } satisfies Listing;
    },
    async hasAny(Prefix) {
      return (
        ((await told(client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 })))).Contents ?? []).length > 0
      );
    },
    read: (Key, offset, length, etag) =>
      again(async () => {
        if (length === 0) return new Uint8Array(0);
        const Range = `bytes=${offset}-${offset + length - 1}`;
        const answer = await told(
          client.send(new GetObjectCommand({ Bucket, Key, Range, ...(etag && { IfMatch: etag }) })),
        );
        const bytes = await answer.Body?.transformToByteArray().catch((error: unknown) => {
          throw storeError(error); // it was cut off in the middle
        });
        if (bytes?.length !== length)
          throw new StoreError("EIO", "InvalidRange", `it sent ${bytes?.length ?? 0} of ${length} bytes`);
        return bytes;
      }),
    async put(Key, Body, condition) {
      const request = { Bucket, Key, Body, ContentMD5: md5(Body, "base64") };
      const attempt = async (headers: object) =>
        (await told(client.send(new PutObjectCommand({ ...request, ...headers })))).ETag ?? "";
      try {
        return await attempt(headersOf(condition, conditions));
      } catch (error) {
        if (!condition || !(error instanceof StoreError)) throw error;
        const next = await afterRefusal(store, { key: Key, bytes: Body, condition }, error);
        if ("etag" in next) return next.etag;
        // The condition holds, so the server does not understand it as it was told.
        conditions = conditions === "quoted" && next.again === "unquoted" ? "unquoted" : "none";
        return await store.put(Key, Body, condition);
      }
    },
    async copy(from, Key, size) {
      if (size <= MOST_COPY) {
        await told(client.send(new CopyObjectCommand({ Bucket, Key, CopySource: sourceOf(from) })));
        return;
      }
      const upload = await store.beginUpload(Key);
      const etags: string[] = [];
      for (let start = 0; start < size; start += COPY_PART) {
        const range = { from, start, end: Math.min(start + COPY_PART, size) };
        etags.push(await store.copyPart(Key, upload, etags.length + 1, range));
      }
      await store.endUpload(Key, upload, etags);
    },
    async remove(Key) {
      await told(client.send(new DeleteObjectCommand({ Bucket, Key })));
    },
    async beginUpload(Key) {
      const { UploadId = "" } = await told(client.send(new CreateMultipartUploadCommand({ Bucket, Key })));
      return UploadId;
    },
    async sendPart(Key, UploadId, PartNumber, Body) {
      const request = { Bucket, Key, UploadId, PartNumber, Body, ContentMD5: md5(Body, "base64") };
      const { ETag = "" } = await told(client.send(new UploadPartCommand(request)));
      return ETag;
    },
    async copyPart(Key, UploadId, PartNumber, { from, start, end }) {
      const what = { CopySource: sourceOf(from), CopySourceRange: `bytes=${start}-${end - 1}` };
      const answer = await told(client.send(new UploadPartCopyCommand({ Bucket, Key, UploadId, PartNumber, ...what })));
      return answer.CopyPartResult?.ETag ?? "";
    },
    async endUpload(Key, UploadId, etags) {
      const Parts = etags.map((ETag, i) => ({ ETag, PartNumber: i + 1 }));
      await told(
        client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } })),
      );
    },
    async abortUpload(Key, UploadId) {
      await told(client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))).catch((error: unknown) => {
        if (!(error instanceof StoreError) || error.s3 !== "NoSuchUpload") throw error;
      });
    },
    async uploads(Prefix) {
      const found: UnfinishedUpload[] = [];
      for (let from: { KeyMarker?: string; UploadIdMarker?: string } = {}; ; ) {
        const page = await told(client.send(new ListMultipartUploadsCommand({ Bucket, Prefix, ...from })));
        for (const { Key = "", UploadId = "", Initiated } of page.Uploads ?? [])
          found.push({ key: Key, id: UploadId, begun: Initiated?.getTime() ?? 0 });
        if (!page.IsTruncated || page.NextKeyMarker === undefined) return found;
        from = {
          KeyMarker: page.NextKeyMarker,
          ...(page.NextUploadIdMarker !== undefined && { UploadIdMarker: page.NextUploadIdMarker }),
        };
      }
    },
  };
  return { ...store, [Symbol.dispose]: () => client.destroy() };
}

const told = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw storeError(error);
  });

const plainCredentials = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) => ({
  ...{ accessKeyId, secretAccessKey },
  ...(sessionToken !== undefined && { sessionToken }),
});

const md5 = (bytes: Uint8Array, encoding: "hex" | "base64"): string => createHash("md5").update(bytes).digest(encoding);

/** How a server takes conditions: old Ceph holds the mark with its quotes against its own without. */
type Conditions = "quoted" | "unquoted" | "none";

function headersOf(condition: PutCondition | undefined, as: Conditions): object {
  if (!condition || as === "none") return {};
  if ("isNew" in condition) return { IfNoneMatch: "*" };
  if (condition.etag === "") return {};
  return { IfMatch: as === "quoted" ? condition.etag : condition.etag.replaceAll('"', "") };
}

/**
 * What a refused condition means. A request whose answer was lost is repeated, and then finds what it wrote itself.
 * @returns the mark of what was written; or that it is to be tried in another way. @throws StoreError
 */
async function afterRefusal(
  store: ObjectStore,
  { key, bytes, condition }: { key: string; bytes: Uint8Array; condition: PutCondition },
  error: StoreError,
): Promise<{ etag: string } | { again: "unquoted" | "none" }> {
  const isUnknown = error.s3 === "NotImplemented";
  const isRefused = error.s3 === "PreconditionFailed" || error.code === "ENOENT" || error.code === "EEXIST";
  if (!isRefused && !isUnknown) throw error;
  const found = await store.head(key);
  if ("isNew" in condition) {
    if (found || !isUnknown) throw new StoreError("EEXIST", error.s3, `${key} is there already`, { cause: error });
    return { again: "none" };
  }
  if (found && found.etag === `"${md5(bytes, "hex")}"`) return { etag: found.etag };
  if (found?.etag === condition.etag) return { again: isUnknown ? "none" : "unquoted" };
  throw new StoreError("ESTALE", error.s3, `${key} was changed or removed by somebody else`, { cause: error });
}

/** The client repeats requests, and not an answer that is cut off in the middle. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof StoreError) || error.code !== "EHOSTDOWN") throw error;
    }
}
