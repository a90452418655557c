import * as z from "zod";
import { BucketPlace } from "#base/medium/bucket.ts";
import { Credentials } from "#imaging/bucket/bucket-place.ts";

/** What the program that shows a bucket is told, as one line on its standard input: secrets stand in no argument. */
export const BucketRequest = z.strictObject({
  place: BucketPlace,
  credentials: Credentials.optional(),
  /** Where it is to be listed, to see whether it opens: what a user may list is often below a prefix only. */
  prefix: z.string(),
  /** An empty folder. */
  folder: z.string(),
  /** Prefix of what is shown, with a slash at its end: "" is all of the bucket. */
  root: z.string(),
  /** Until when: nobody has its file of users open any more, or somebody has unmounted it. */
  until: z.enum(["unused", "unmounted"]),
  readOnly: z.boolean(),
});
export type BucketRequest = z.infer<typeof BucketRequest>;

/** Its one line of answer: it is shown, or why it cannot be. */
export const BucketReply = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }) }),
]);
export type BucketReply = z.infer<typeof BucketReply>;

/**
 * A file at the top of what is shown, of which no list tells. Whoever uses the bucket has it open for as long as it does;
 * fsync(2) of it stores all that was written so far.
 */
export const USERS_NAME = ".lifeboat-in-use";
