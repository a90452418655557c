import * as z from "zod";

/** How to reach a bucket of S3-compatible object storage. No secret is in it. */
export const BucketPlace = z.strictObject({
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "is not the name of a bucket"),
  /** Address of the server; absent: Amazon's, or what the environment says. */
  endpoint: z
    .url({ protocol: /^https?$/, error: "is not an http or https address" })
    .refine((url) => !/^https?:\/\/[^/]*@/.test(url), "must not have a user or a password in it")
    .optional(),
  region: z
    .string()
    .regex(/^[a-z0-9-]+$/, "is not the name of a region")
    .optional(),
  /** The bucket's name stands in the path and not in the server's name; absent: where there is an endpoint. */
  pathStyle: z.boolean().optional(),
});
export type BucketPlace = z.infer<typeof BucketPlace>;
