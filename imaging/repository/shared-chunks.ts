import { LifeboatError } from "#base/errors.ts";
import type { ChunkLocator } from "#imaging/image/image-index.ts";
import type { OpenImageOptions } from "#imaging/image/open-records.ts";
import type { FetchChunks } from "#imaging/image/restorable.ts";
import type { ImagePlace } from "#imaging/image/volumes.ts";
import { sourceOf } from "#imaging/repository/cache.ts";
import { ChunkIndex } from "#imaging/repository/chunk-index.ts";
import { fetchChunks } from "#imaging/repository/fetch-chunks.ts";
import { PACK_SIZE } from "#imaging/repository/format.ts";
import { repositoryOf } from "#imaging/repository/layout.ts";
import { idKeyOf, openRepository } from "#imaging/repository/repository.ts";

/** Where a point's chunks are. */
export interface Shared {
  /** For threads: an address counts over all packs of the repository. */
  readonly place: ImagePlace;
  readonly openLocator: () => ChunkLocator;
  /** Of a cache: brings chunks there before they are read. */
  readonly fetch?: FetchChunks;
}

const notSealed = (file: string): LifeboatError<"IMAGE_DAMAGED"> => {
  const problem = "it is not encrypted, as its repository is: it was not made there";
  return new LifeboatError("IMAGE_DAMAGED", { file, part: "the header", offset: 0, problem });
};

/** Opens the repository that a point is in. @throws REPOSITORY_NOT_FOUND, IMAGE_DAMAGED, INDEX_DAMAGED, READ_FAILED */
export async function openShared(
  { path, recordKey }: ImagePlace,
  { unpublished, liveOnly }: Pick<OpenImageOptions, "unpublished" | "liveOnly">,
): Promise<Shared> {
  const repository = await openRepository(repositoryOf(path));
  // Whoever can write to an encrypted repository could have put a plain point of his own making there.
  if (repository.encrypted && !recordKey) throw notSealed(path);
  const cached = await sourceOf(repository.folders.root);
  const options = { idKey: recordKey && idKeyOf(recordKey), unpublished, liveOnly, assumePacks: cached !== undefined };
  const index = await ChunkIndex.open(repository, options);
  const place = {
    path: repository.folders.root,
    unfinished: false,
    volumeSize: PACK_SIZE,
    recordKey,
    packs: index.packs,
  };
  const openLocator = () => index.openLocator();
  if (!cached) return { place, openLocator };
  return { place, openLocator, fetch: (table, order) => fetchChunks(cached, place, table, order) };
}
