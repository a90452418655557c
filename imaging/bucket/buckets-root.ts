/** Buckets are shown below this folder. */
export const BUCKETS_ROOT = "/run/lifeboat/s3";
