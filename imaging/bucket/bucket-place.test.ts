import { expect, test } from "vitest";
import { BucketPlace } from "#base/medium/bucket.ts";
import { bucketFolderName, parseBucketAddress } from "#imaging/bucket/bucket-place.ts";
import { openError, storeError } from "#imaging/bucket/store-error.ts";

test.each([
  ["s3://images", { bucket: "images", key: "" }],
  ["S3://images/", { bucket: "images", key: "" }],
  ["s3://images/pcs/points/a b.lbi", { bucket: "images", key: "pcs/points/a b.lbi" }],
  ["/mnt/s3:/x", undefined],
])("%s", (text, found) => expect(parseBucketAddress(text)).toEqual(found));

test.each(["s3://", "s3://-x/y", "s3://images/../other", "s3://images/a//b", "s3://Images"])(
  "%s is refused",
  (text) => {
    expect(() => parseBucketAddress(text)).toThrow("USAGE");
  },
);

test("a bucket's folder is always the same, and another server's is another one", () => {
  const names = [{}, { endpoint: "http://127.0.0.1:9000" }, { endpoint: "https://127.0.0.1:9000" }].map((more) =>
    bucketFolderName({ bucket: "images", ...more }),
  );
  expect(names).toEqual(["images", "images@http_127.0.0.1_9000", "images@127.0.0.1_9000"]);
});

test("an address that carries a password is refused, as is what is none", () => {
  for (const endpoint of ["http://user:secret@nas", "ftp://nas", "nas:9000"])
    expect(BucketPlace.safeParse({ bucket: "images", endpoint }).success).toBe(false);
});

test.each([
  ["NoSuchBucket", 404, "ENODEV", "BUCKET_NOT_FOUND"],
  ["SignatureDoesNotMatch", 403, "EACCES", "BUCKET_DENIED"],
  ["SomethingNew", 403, "EACCES", "BUCKET_DENIED"],
  ["RequestTimeTooSkewed", 403, "EACCES", "BUCKET_CLOCK_WRONG"],
  ["CredentialsProviderError", undefined, "EACCES", "BUCKET_CREDENTIALS_MISSING"],
  ["QuotaExceeded", 403, "ENOSPC", "BUCKET_FAILED"],
  ["SlowDown", 503, "EREMOTEIO", "BUCKET_FAILED"],
  ["PermanentRedirect", 301, "EIO", "BUCKET_FAILED"],
  ["TimeoutError", undefined, "EHOSTDOWN", "BUCKET_UNREACHABLE"],
])("%s (%s) is %s to who reads and writes, and %s to who opens", (name, httpStatusCode, errno, code) => {
  const error = storeError(Object.assign(new Error("x"), { name, $metadata: { httpStatusCode } }));
  expect([error.code, openError(error, "images", "http://nas").code]).toEqual([errno, code]);
});
