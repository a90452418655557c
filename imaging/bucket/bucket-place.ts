import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";

/** How to reach a bucket. Holds no secret but in `credentials`, which goes from process to process only. */
export const BucketPlace = z.strictObject({
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "is not the name of a bucket"),
  /** Address of the server; absent: Amazon's, or what the environment says. */
  endpoint: z
    .url({ protocol: /^https?$/, error: "is not an http or https address" })
    .refine((url) => !/^https?:\/\/[^/]*@/.test(url), "must not have a user or a password in it")
    .optional(),
  region: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  /** The bucket's name stands in the path and not in the server's name. */
  pathStyle: z.boolean().optional(),
});
export type BucketPlace = z.infer<typeof BucketPlace>;

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
