import { setImmediate } from "node:timers/promises";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { lockImage } from "#imaging/capture/lock-image.ts";
import { allocateSegment } from "#imaging/image/chunk-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import { ImageWriter, type WriterOptions } from "#imaging/image/image-writer.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { openChunkCopier } from "#imaging/repository/copy-chunks.ts";
import { ioError } from "#imaging/worker/io-error.ts";
import { DiskIoError } from "#imaging/worker/positional-io.ts";

export interface CopiedImage {
  readonly path: string;
  readonly rootHash: string;
  /** Bytes that were written. */
  readonly bytes: number;
}

/**
 * Writes an image anew at another place: chunk by chunk, each checked in full before it is written, and the new image
 * is flushed before it gets its name. Yields plain bytes done.
 * @throws CHUNK_DAMAGED, FILE_EXISTS, CREATE_FAILED, READ_FAILED, WRITE_FAILED, SPACE_EXHAUSTED
 */
export async function* copyImage(
  from: Image,
  path: string,
  manifest: Manifest,
  options: WriterOptions,
  signal: AbortSignal,
): AsyncGenerator<number, CopiedImage, undefined> {
  await using writer = await ImageWriter.create(path, manifest, from.regions, {
    ...options,
    chunkSize: from.chunkSize,
  });
  using copier = openChunkCopier(from, writer, options.packs?.shared);
  let before = 0;
  try {
    for await (const table of from.index.read(0, allocateSegment())) {
      const steps = copier.copy(table, writer.chunksEnd);
      let step = steps.next();
      for (; !step.done; step = steps.next()) {
        yield before + step.value;
        await setImmediate(); // for the beat of a lease, and for who cancels
        signal.throwIfAborted();
      }
      for (let chunk = 0; chunk < table.count; chunk++) before += table.rawLength[chunk] as number;
      await writer.appendIndex(table, step.value);
      await writer.checkpoint();
    }
  } catch (error) {
    throw error instanceof DiskIoError ? ioError(error) : error;
  }
  await writer.appendBad(from.bad);
  const { rootHash, fileSize } = await writer.finish();
  await writer.publish();
  return { path, rootHash, bytes: fileSize };
}

export interface CopyToFileOptions {
  readonly imageId: string;
  /** What opens the new image; without any it is not encrypted. */
  readonly credentials: readonly Credential[];
  /** The most bytes of a volume; 0 for one file. */
  readonly volumeSize: number;
}

/** Makes an image file of its own from a point, or from another image. */
export async function* copyToFile(
  from: Image,
  path: string,
  { imageId, credentials, volumeSize }: CopyToFileOptions,
  signal: AbortSignal,
): AsyncGenerator<Progress<"copy">, CopiedImage, undefined> {
  const meter = new ProgressMeter<"copy">([{ phase: "copy", bytes: from.rawBytes }]);
  const { point: _, ...manifest } = from.manifest;
  const encryption = await lockImage(imageId, credentials);
  yield meter.enter("copy");
  const steps = copyImage(from, path, { ...manifest, imageId }, { volumeSize, encryption }, signal);
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) yield meter.at(step.value);
  return step.value;
}
