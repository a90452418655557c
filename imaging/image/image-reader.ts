import { isEncrypted } from "#imaging/image/header.ts";
import { ImageIndex } from "#imaging/image/image-index.ts";
import { type OpenImageOptions, type OpenRecords, openRecords } from "#imaging/image/open-records.ts";
import { readBad, readExtents } from "#imaging/image/read-extents.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { type ImagePlace, sizeOfVolumes } from "#imaging/image/volumes.ts";
import { openShared } from "#imaging/repository/shared-chunks.ts";

export type { OpenImageOptions } from "#imaging/image/open-records.ts";

/** An image whose header, footer, catalogue, manifest, extents and index have all been checked. */
export interface Image extends Restorable {
  readonly volumes: number;
  readonly encrypted: boolean;
  readonly index: ImageIndex;
  /** Where its own records lie. */
  readonly place: ImagePlace;
  /** Its own place, or that of the packs of its repository. */
  readonly chunkPlace: ImagePlace;
}

export type ImageSummary = Pick<Image, "path" | "fileSize" | "volumes" | "encrypted" | "rootHash" | "manifest" | "bad">;

/**
 * Opens an image and checks everything but the chunks' data (that is `verifyImage`).
 * @throws OPEN_FAILED, IMAGE_NOT_RECOGNISED, IMAGE_UNSUPPORTED, IMAGE_DAMAGED, IMAGE_LOCKED, VOLUME_MISSING
 */
export async function openImage(path: string, options: OpenImageOptions = {}): Promise<Image> {
  await using opened = await openRecords(path, options);
  const { file, end, catalogue, manifest } = opened;
  const regions = await readExtents(file, catalogue, manifest);
  const { place } = file;
  const { chunkSize } = opened.header;
  const shared = place.isPoint && !options.pagesOnly ? await openShared(place, options) : undefined;
  const index = new ImageIndex({ place, catalogue, regions, chunkSize, openLocator: shared?.openLocator });
  await index.check(file, end);
  return {
    ...(await summary(path, opened)),
    regions,
    chunks: end.chunks,
    rawBytes: end.rawBytes,
    index,
    chunkSize,
    place,
    chunkPlace: shared?.place ?? place,
    fetch: shared?.fetch,
  };
}

/** Only the header, the manifest and what is bad: what a list of images needs. Same errors. */
export async function readManifest(path: string, options: OpenImageOptions = {}): Promise<ImageSummary> {
  await using opened = await openRecords(path, options);
  return await summary(path, opened); // before the file is closed
}

async function summary(path: string, opened: OpenRecords): Promise<ImageSummary> {
  const { file, header, end, catalogue, manifest } = opened;
  const fileSize = file.place.unfinished ? end.fileSize : await sizeOfVolumes(path, end.volumes);
  const rootHash = Buffer.from(end.rootHash).toString("hex");
  const bad = await readBad(file, catalogue, manifest);
  return { path, fileSize, volumes: end.volumes, encrypted: isEncrypted(header), rootHash, manifest, bad };
}
