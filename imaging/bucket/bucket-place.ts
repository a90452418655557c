import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { BucketPlace } from "#base/medium/bucket.ts";

/** They go from process to process only. */
export const Credentials = z.strictObject({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1).optional(),
});
export type Credentials = z.infer<typeof Credentials>;

/** Names the folder that a bucket is shown at, always the same one: what was kept with its paths can go on there. */
export function bucketFolderName({ bucket, endpoint }: Pick<BucketPlace, "bucket" | "endpoint">): string {
  if (endpoint === undefined) return bucket;
  const { host, protocol } = new URL(endpoint);
  return `${bucket}@${protocol === "https:" ? "" : "http_"}${host.replaceAll(/[^A-Za-z0-9.-]/g, "_")}`;
}

/** "s3://BUCKET/KEY", without the slashes at its end. @returns undefined for what is no such address. @throws USAGE */
export function parseBucketAddress(text: string): { bucket: string; key: string } | undefined {
  const found = /^s3:\/\/([^/]*)(?:\/(.*))?$/is.exec(text);
  if (!found) return undefined;
  const [, bucket = "", rest = ""] = found;
  const key = rest.replace(/\/+$/, "");
  const fail = (problem: string) => new LifeboatError("USAGE", { problem: `${text}: ${problem}` });
  if (!BucketPlace.shape.bucket.safeParse(bucket).success) throw fail("s3://BUCKET/FOLDER names a bucket first");
  if (key !== "" && key.split("/").some((part) => ["", ".", ".."].includes(part)))
    throw fail("a part of its path is empty, . or ..");
  return { bucket, key };
}
