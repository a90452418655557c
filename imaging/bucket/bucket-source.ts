import { LifeboatError } from "#base/errors.ts";
import type { ObjectStore, StoredObject } from "#imaging/bucket/object-store.ts";
import { StoreError } from "#imaging/bucket/store-error.ts";
import type { RepositorySource } from "#imaging/repository/source.ts";

/** A repository in a bucket, read-only and without FUSE. @param prefix "" or what ends with a slash */
export function openBucketSource(store: ObjectStore, prefix: string): RepositorySource {
  const nameOf = (path: string) => `${store.name}/${prefix}${path}`;
  const failed = (path: string, offset: number, cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new LifeboatError("READ_FAILED", { device: nameOf(path), offset, reason }, { cause });
  };
  const missing = (path: string, cause?: unknown) =>
    new LifeboatError("OPEN_FAILED", { path: nameOf(path), reason: "the bucket has no such object" }, { cause });
  const look = async (path: string): Promise<StoredObject> => {
    const found = await store.head(prefix + path).catch((cause: unknown) => {
      throw failed(path, 0, cause);
    });
    if (!found) throw missing(path);
    return found;
  };
  return {
    place: `${store.name}/${prefix}`,
    async list(folder) {
      const listing = await store.list(folder === "" ? prefix : `${prefix}${folder}/`).catch((cause: unknown) => {
        throw failed(folder, 0, cause);
      });
      return [...listing.folders, ...listing.objects.keys()];
    },
    size: async (path) => (await look(path)).size,
    async read(path, offset, length) {
      if (length === 0) return new Uint8Array(0);
      try {
        return await store.read(prefix + path, offset, length);
      } catch (cause) {
        if (cause instanceof StoreError && cause.code === "ENOENT") throw missing(path, cause);
        throw failed(path, offset, cause);
      }
    },
  };
}
