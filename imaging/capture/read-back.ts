import { LifeboatError } from "#base/errors.ts";
import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import type { UnfinishedImage } from "#imaging/capture/unfinished-image.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import { fileOfVolume, isOfStream, PACK_ID_SIZE, volumeOf } from "#imaging/image/volumes.ts";
import { dropFileCache } from "#imaging/system/drop-file-cache.ts";
import { type VerifyOptions, verifyChunks } from "#imaging/verify/verify-image.ts";

/**
 * A second look at what is now on the medium, by the same code that verifies any image, before it gets its name. Of a
 * point it reads what this capture has written; what it shares with others was read back when they were made, and is
 * only looked for. Yields plain bytes done. @throws IMAGE_VERIFY_FAILED, and what openImage throws
 */
export async function* readBack(
  { to, bytesPerSecond = 0, verify = true }: CaptureRequest,
  { imageKey, unpublished }: Pick<UnfinishedImage, "imageKey" | "unpublished">,
  onDamage: (damage: LifeboatError<"CHUNK_DAMAGED">) => void,
  signal: AbortSignal,
): AsyncGenerator<number, void, undefined> {
  const unlock = imageKey && (() => Promise.resolve(imageKey));
  const image = await openImage(to, { unfinished: true, unlock, unpublished });
  await refuseLost(to, image);
  if (!verify) return;
  for (const file of writtenFiles(image)) await dropFileCache(file);
  yield* verifyChunks(image, { onDamage, bytesPerSecond, wanted: isOwnChunk(image) }, signal);
}

/**
 * For a capture that somebody took for dead: all that its point shares with others must be there still, and not be about
 * to go. @throws IMAGE_VERIFY_FAILED
 */
export async function lookAgain(
  { to }: CaptureRequest,
  { imageKey, unpublished }: Pick<UnfinishedImage, "imageKey" | "unpublished">,
): Promise<void> {
  const unlock = imageKey && (() => Promise.resolve(imageKey));
  await refuseLost(to, await openImage(to, { unfinished: true, unlock, unpublished, liveOnly: true }));
}

async function refuseLost(file: string, { index, chunks }: Image): Promise<void> {
  const damaged = await index.countLost();
  if (damaged === 0) return;
  const first = "the repository lost data of before while this capture ran";
  throw new LifeboatError("IMAGE_VERIFY_FAILED", { file, damaged, chunks, first });
}

/** The files of this image alone: of a point, its packs too. */
function writtenFiles({ volumes, place, chunkPlace, manifest: { imageId } }: Image): string[] {
  const own = Array.from({ length: volumes }, (_, volume) => fileOfVolume(place, volume));
  const { packs } = chunkPlace;
  if (!packs) return own;
  const numbers = Array.from({ length: packs.ids.length / PACK_ID_SIZE }, (_, pack) => pack);
  return [
    ...own,
    ...numbers.filter((pack) => isOfStream(packs, pack, imageId)).map((n) => fileOfVolume(chunkPlace, n)),
  ];
}

function isOwnChunk({ chunkPlace, manifest: { imageId } }: Image): VerifyOptions["wanted"] {
  const { packs } = chunkPlace;
  if (!packs) return undefined;
  const own = new Set<number>();
  for (let pack = 0; pack < packs.ids.length / PACK_ID_SIZE; pack++)
    if (isOfStream(packs, pack, imageId)) own.add(pack);
  return (table, chunk) => own.has(volumeOf(chunkPlace, table.recordOffset[chunk] as number));
}
