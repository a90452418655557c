import type { ExtentList } from "#imaging/extent.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import { isEncrypted } from "#imaging/image/header.ts";
import { ImageIndex } from "#imaging/image/image-index.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import { type OpenImageOptions, type OpenRecords, openRecords } from "#imaging/image/open-records.ts";
import { readBad, readExtents } from "#imaging/image/read-extents.ts";
import { type ImagePlace, sizeOfVolumes } from "#imaging/image/volumes.ts";

export type { OpenImageOptions } from "#imaging/image/open-records.ts";

/** An image whose header, footer, catalogue, manifest, extents and index have all been checked. */
export interface Image {
  readonly path: string;
  /** Bytes of all volumes. */
  readonly fileSize: number;
  readonly volumes: number;
  readonly encrypted: boolean;
  /** Hex: the identity of all content. */
  readonly rootHash: string;
  readonly manifest: Manifest;
  readonly regions: readonly RegionExtents[];
  /** What could not be read when it was captured and reads as zeros: bytes of the disk. */
  readonly bad: ExtentList;
  readonly chunks: number;
  /** Plain bytes of all chunks. */
  readonly rawBytes: number;
  readonly index: ImageIndex;
  /** What threads need to read its records. */
  readonly place: ImagePlace;
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
  const index = new ImageIndex(file.place, catalogue, regions);
  await index.check(file, end);
  return {
    ...(await summary(path, opened)),
    regions,
    chunks: end.chunks,
    rawBytes: end.rawBytes,
    index,
    place: file.place,
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
