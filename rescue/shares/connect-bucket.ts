import { readdir } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { mountBucket } from "#imaging/bucket/mount-bucket.ts";
import { type BucketShare, serverOf } from "#rescue/shares/share.ts";
import { unmountShare } from "#rescue/shares/unmount-share.ts";

/**
 * Shows a bucket, or the part of it that a place names, at a folder. What nobody has written yet is an empty folder: in a
 * bucket it need not be made first.
 * @throws BUCKET_NOT_FOUND, BUCKET_DENIED, BUCKET_CLOCK_WRONG, BUCKET_UNREACHABLE, BUCKET_FAILED, FUSE_UNAVAILABLE,
 * EXPLORE_MOUNT_FAILED; SHARE_FOLDER_MISSING where images shall only be read and nothing is there
 */
export async function connectBucket(share: BucketShare, secretAccessKey: string, point: string): Promise<void> {
  const { bucket, endpoint, region, pathStyle, accessKeyId, readOnly } = share;
  const place = {
    bucket,
    ...(endpoint !== undefined && { endpoint: endpoint.replace(/\/+$/, "") }),
    ...(region !== undefined && { region }),
    ...(pathStyle !== undefined && { pathStyle }),
  };
  const root = rootOf(share.folder);
  await mountBucket(place, point, { credentials: { accessKeyId, secretAccessKey }, root, readOnly });
  if (!readOnly || root === "" || (await readdir(point)).length > 0) return;
  await unmountShare(point);
  throw new LifeboatError("SHARE_FOLDER_MISSING", { server: serverOf(share), folder: share.folder });
}

/** What all keys of a folder begin with: "pcs/office/". */
const rootOf = (folder: string): string =>
  folder
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .map((part) => `${part}/`)
    .join("");
