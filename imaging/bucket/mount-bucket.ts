import type { BucketPlace } from "#base/medium/bucket.ts";
import type { Credentials } from "#imaging/bucket/bucket-place.ts";
import { startBucketServer } from "#imaging/bucket/start-bucket-server.ts";

export interface MountBucketOptions {
  readonly credentials: Credentials;
  /** What is shown begins with it: "pcs/"; "" is all of the bucket. */
  readonly root: string;
  readonly readOnly: boolean;
}

/**
 * Shows a bucket at a folder until somebody unmounts that, also when we have gone. `storeBucket` comes before.
 * @throws what startBucketServer throws
 */
export async function mountBucket(place: BucketPlace, folder: string, options: MountBucketOptions): Promise<void> {
  const { credentials, root, readOnly } = options;
  await startBucketServer({ place, credentials, prefix: root, folder, root, until: "unmounted", readOnly }, {});
}
