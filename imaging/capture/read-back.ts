import type { LifeboatError } from "#base/errors.ts";
import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { fileOfVolume } from "#imaging/image/volumes.ts";
import { dropFileCache } from "#imaging/system/drop-file-cache.ts";
import { verifyChunks } from "#imaging/verify/verify-image.ts";

/**
 * A second look at what is now on the medium, by the same code that verifies any image, before it gets its name.
 * Yields plain bytes done. @throws IMAGE_VERIFY_FAILED, and what openImage throws
 */
export async function* readBack(
  { to, bytesPerSecond = 0 }: CaptureRequest,
  imageKey: Uint8Array | undefined,
  onDamage: (damage: LifeboatError<"CHUNK_DAMAGED">) => void,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  const image = await openImage(to, { unfinished: true, unlock: imageKey && (() => Promise.resolve(imageKey)) });
  for (let volume = 0; volume < image.volumes; volume++) await dropFileCache(fileOfVolume(image.place, volume));
  yield* verifyChunks(image, { onDamage, bytesPerSecond }, signal);
}
